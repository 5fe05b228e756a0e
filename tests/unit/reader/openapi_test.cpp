#include "reader/openapi.h"

#include <gtest/gtest.h>

#include "sketches.h"

namespace loadgate::reader {
namespace {

std::string plan_of(std::string_view description) {
  const Result<Sketch> sketch = read_openapi(description, "api.yaml");
  EXPECT_TRUE(sketch.has_value()) << (sketch ? "" : sketch.error().text);
  return sketch ? write_plan(*sketch) : "";
}

std::string error_of(std::string_view description) {
  const Result<Sketch> sketch = read_openapi(description, "api.yaml");
  return sketch ? "no error" : sketch.error().text;
}

// A description with one path.
std::string with_path(std::string_view path) {
  return "openapi: 3.1.0\ninfo: { title: A }\npaths:\n  " + std::string(path) + "\n";
}

bool holds(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

TEST(OpenApi, OperationsBecomeTasksReadingOnesFirst) {
  const plan::Plan plan = right_with_secrets(plan_of(fixture("kennel.openapi.json")));
  EXPECT_EQ(plan.target, "http://127.0.0.1:8000/v1");
  ASSERT_EQ(plan.requests.size(), 3U);
  EXPECT_EQ(filled(plan, plan.requests[0].url),
            "http://127.0.0.1:8000/v1/dogs?limit=20&breed=dachshund&tags=small%2Ccalm");
  EXPECT_EQ(plan.request_names[1].text, "GET /dogs/:dogId");
  EXPECT_EQ(filled(plan, *plan.requests[2].body), R"({"name":"Bello","age":3})");
  EXPECT_EQ(plan.scenarios.at(0).tasks.size(), 3U);
}

TEST(OpenApi, PathsAndQueriesComeFromExamplesEnumsAndBounds) {
  const std::string plan = plan_of(fixture("blog.openapi.yaml"));
  EXPECT_TRUE(holds(plan,
                    "get: \"/posts/{{ random_int(10, 499) }}\"\n        name: GET "
                    "/posts/:postId\n"))
      << plan;
  EXPECT_TRUE(holds(plan, "status: \"{{ random_choice(draft, published) }}\"\n          page: 2\n"))
      << plan;
  EXPECT_TRUE(holds(plan, "target: ${TARGET:-https://eu.blog.example.org/api/v2}\n")) << plan;
  EXPECT_FALSE(holds(plan, "\n          author: ")) << "an optional parameter without an example\n"
                                                    << plan;
}

TEST(OpenApi, SecuritySchemesBecomeAuthFromTheEnvironment) {
  const std::string blog = plan_of(fixture("blog.openapi.yaml"));
  EXPECT_TRUE(holds(blog, "token: \"${TOKEN:?set TOKEN}\"")) << blog;
  EXPECT_TRUE(holds(blog, "auth:\n          bearer: \"{{ token }}\"")) << blog;
  EXPECT_FALSE(holds(blog, "hunter2-of-the-docs")) << blog;
  const std::string kennel = plan_of(fixture("kennel.openapi.json"));
  EXPECT_TRUE(holds(kennel, "X-Kennel-Key: \"{{ api_key }}\"")) << kennel;
  EXPECT_TRUE(holds(kennel, "basic:\n            user: \"{{ auth_user }}\"")) << kennel;
}

TEST(OpenApi, WhatWritesWithoutAnExampleIsAComment) {
  const std::string plan = plan_of(fixture("blog.openapi.yaml"));
  EXPECT_TRUE(holds(plan,
                    "\n      # - put: \"/posts/{{ random_int(10, 499) }}\"\n"
                    "      #   name: PUT /posts/:postId\n"))
      << plan;
  EXPECT_TRUE(holds(plan, "\n      # - delete: ")) << plan;
  EXPECT_TRUE(holds(plan, "\n      - post: /posts\n")) << plan;
}

// As a person uncomments it: "# " goes from every line of a task, and of its variables.
std::string uncommented(const std::string& plan) {
  std::string out;
  for (const std::string_view line : split(plan, '\n')) {
    const std::string_view text = trimmed(line);
    const bool is_code = text.starts_with("#   ") || text.starts_with("# - ");
    std::string copy(line);
    if (is_code) copy.erase(copy.find('#'), 2);
    out += copy + "\n";
  }
  return out;
}

TEST(OpenApi, CommentsAreRightPlansOnceUncommented) {
  const plan::Plan plan = right_with_secrets(uncommented(plan_of(fixture("blog.openapi.yaml"))));
  EXPECT_EQ(plan.requests.size(), 7U);
}

TEST(OpenApi, BodiesAreBuiltFromSchemasAndSurviveCycles) {
  const std::string plan = plan_of(fixture("blog.openapi.yaml"));
  EXPECT_TRUE(holds(plan,
                    "      #   json:\n"
                    "      #     title: \"{{ random_string(5) }}\"\n"
                    "      #     author:\n"
                    "      #       email: \"{{ random_string(8) }}@example.com\"\n"
                    "      #       api_token: \"{{ api_token }}\"\n"
                    "      #     replies: []\n"
                    "      #     parent: null\n"
                    "      #     published_at: \"{{ now() }}\"\n"
                    "      #     rating: \"{{ random_int(1, 5) }}\"\n"))
      << plan;
}

TEST(OpenApi, WhereNothingOnlyReadsAllOperationsAreTaken) {
  const plan::Plan plan = right(plan_of(with_path("/jobs: { post: {}, delete: {} }")));
  EXPECT_EQ(sent_by(plan), "POST http://127.0.0.1:8000/jobs\nDELETE http://127.0.0.1:8000/jobs\n");
}

TEST(OpenApi, NumbersKeepTheirBoundsHoweverTheyAreWritten) {
  const auto path_with = [](std::string_view schema) {
    return plan_of(with_path("/n/{n}: { get: { parameters: [{ name: n, in: path, schema: " +
                             std::string(schema) + " }] } }"));
  };
  EXPECT_TRUE(holds(path_with("{ type: integer }"), "random_int(1, 100)"));
  EXPECT_TRUE(holds(path_with("{ type: integer, maximum: 0 }"), "random_int(0, 0)"));
  EXPECT_TRUE(holds(path_with("{ type: integer, minimum: 5, exclusiveMinimum: true }"),
                    "random_int(6, 105)"));
  EXPECT_TRUE(
      holds(path_with("{ type: integer, exclusiveMinimum: 5, maximum: 7 }"), "random_int(6, 7)"));
  EXPECT_TRUE(holds(path_with("{ type: integer, minimum: 9, multipleOf: 4 }"), "/n/12"));
  EXPECT_TRUE(holds(path_with("{ type: integer, minimum: 1e300, maximum: 1e301 }"),
                    "random_int(9007199254740991, 9007199254740991)"));
}

TEST(OpenApi, ParametersThatTheDescriptionForgotAreMadeUp) {
  const std::string plan = plan_of(with_path("'/a/{b}/$${x}/{{c}': { get: {} }"));
  EXPECT_TRUE(holds(plan, "get: \"/a/{{ random_string(8) }}/$$$${{ random_string(8) }}/")) << plan;
  EXPECT_EQ(right(plan).request_names.at(0).text, "GET /a/:b/$$:x/:{c");
}

TEST(OpenApi, ReferencesThatLeadNowhereAreNothing) {
  const std::string plan = plan_of(
      with_path("/a: { get: { parameters: [{ $ref: '#/x' }, { $ref: 'other.yaml#/y' }] } }"));
  EXPECT_EQ(sent_by(right(plan)), "GET http://127.0.0.1:8000/a\n");
}

TEST(OpenApi, WhatItCannotReadIsRefusedWithAReason) {
  EXPECT_EQ(error_of("swagger: '2.0'\npaths: {}\n"),
            "api.yaml: this is Swagger 2.0; loadgate reads OpenAPI 3.0 and 3.1: convert it first, "
            "for example with swagger2openapi");
  EXPECT_EQ(error_of("openapi: 4.0.0\n"),
            "api.yaml: this is OpenAPI 4.0.0; loadgate reads 3.0 and 3.1");
  EXPECT_EQ(error_of("title: x\n"),
            "api.yaml: this is no OpenAPI description: it has no \"openapi: 3.…\"");
  EXPECT_EQ(error_of("openapi: 3.0.0\n"), "api.yaml: the description has no paths");
  EXPECT_EQ(error_of(with_path("/a: {}")), "api.yaml: the description has no operations");
  EXPECT_EQ(error_of("openapi: 3.0.0\npaths: [\n"),
            "api.yaml:3:1: this is not YAML: end of sequence flow not found");
  EXPECT_EQ(error_of("{\"openapi\": }"), "api.yaml:1:13: this is not JSON");
  EXPECT_EQ(error_of(""), "api.yaml: this is no OpenAPI description: it has no \"openapi: 3.…\"");
}

TEST(OpenApi, AliasesThatGrowWithoutBoundAreRefused) {
  std::string bomb = "openapi: 3.0.0\na: &a [x, x, x, x, x, x, x, x, x, x]\n";
  for (char c = 'b'; c <= 'h'; ++c) {
    const std::string before = std::string(", *") + static_cast<char>(c - 1);
    bomb += std::string(1, c) + ": &" + c + " [" + before.substr(2);
    for (int i = 0; i < 9; ++i) bomb += before;
    bomb += "]\n";
  }
  EXPECT_EQ(error_of(bomb),
            "api.yaml: the description is nested too deep, or repeats itself too often");
}

}  // namespace
}  // namespace loadgate::reader
