#include "reader/read_body.h"

#include <set>

#include "plans.h"

namespace loadgate::reader {
namespace {

plan::Plan sending(std::string_view body, std::string_view more = "") {
  plan::Plan plan = right(with_tasks("[{ post: /, " + std::string(body) + " }]", more));
  if (plan.requests.empty()) plan.requests.emplace_back();
  return plan;
}

std::string body_of(const plan::Plan& plan) {
  const auto& body = plan.requests[0].body;
  return body ? filled(plan, *body) : "no body";
}

std::string type_of(std::string_view body) { return header(sending(body), "Content-Type"); }

TEST(JsonBody, MayBeOnePlaceholderAlone) {
  const std::string_view more = "variables: { number: 5, text: 'a\"b' }";
  EXPECT_EQ(body_of(sending("json: '{{ number }}'", more)), "5");
  EXPECT_EQ(body_of(sending("json: '{{ text }}'", more)), R"("a\"b")");
}

TEST(JsonBody, MayBeAWholeRowOfData) {
  const plan::Plan plan =
      sending("json: '{{ data.films }}'", "data: { films: { file: films.json } }");
  ASSERT_EQ(plan.data.size(), 1U);
  const std::vector<const plan::Row*> rows{&plan.data[0].rows[0]};
  std::string out;
  plan.requests[0].body->fill({.variables = {}, .rows = rows}, out);
  EXPECT_EQ(out, plan.data[0].rows[0].whole.text);
  EXPECT_TRUE(out.starts_with("{")) << out;
}

TEST(FileBody, IsSentAsItIs) {
  const plan::Plan plan = sending("file: pic.png");
  EXPECT_EQ(body_of(plan), "\x89PNG");
  EXPECT_TRUE(plan.requests[0].body->is_constant());
}

TEST(FileBody, HasTheTypeOfItsExtensionUnlessGiven) {
  EXPECT_EQ(type_of("file: pic.png"), "image/png");
  EXPECT_EQ(type_of("file: order.xml"), "application/xml");
  EXPECT_EQ(type_of("file: me.key"), "application/octet-stream");
  EXPECT_EQ(type_of("file: order.xml, headers: { Content-Type: text/xml }"), "text/xml");
}

TEST(FileBody, ChangesTheLoadWithItsContent) {
  const auto hash = [](std::string content) {
    const auto file = [&](const std::string&) { return Result<std::string>(content); };
    const Reading reading = read_plan(with_tasks("[{ post: /, file: a.txt }]"), "plan.yaml", {},
                                      {test_environment, file, kTestPort});
    return reading.plan->request_names.at(0).load_hash;
  };
  EXPECT_EQ(hash("a"), hash("a"));
  EXPECT_NE(hash("a"), hash("b"));
}

// The body with its boundary shown as B.
std::string parts_of(std::string_view multipart, std::string_view more = "") {
  const plan::Plan plan = sending("multipart: " + std::string(multipart), more);
  const std::string type = header(plan, "Content-Type");
  const std::string start = "multipart/form-data; boundary=";
  EXPECT_TRUE(type.starts_with(start)) << type;
  const std::string boundary = type.substr(start.size());
  EXPECT_EQ(boundary.size(), std::string("loadgate-").size() + 16);
  std::string body = body_of(plan);
  for (std::size_t at = body.find(boundary); at != std::string::npos; at = body.find(boundary)) {
    body.replace(at, boundary.size(), "B");
  }
  return body;
}

TEST(Multipart, HasAPartForEachTextAndFile) {
  EXPECT_EQ(parts_of("{ title: 'a {{ v }}', pic: { file: pic.png } }", "variables: { v: 'é\"' }"),
            "--B\r\nContent-Disposition: form-data; name=\"title\"\r\n\r\na é\"\r\n"
            "--B\r\nContent-Disposition: form-data; name=\"pic\"; filename=\"pic.png\"\r\n"
            "Content-Type: image/png\r\n\r\n\x89PNG\r\n--B--\r\n");
}

TEST(Multipart, NamesFilesAndTypesAsAsked) {
  EXPECT_EQ(parts_of("{ pic: { file: pic.png, type: image/x, name: 'o\"ther.png' } }"),
            "--B\r\nContent-Disposition: form-data; name=\"pic\"; filename=\"o%22ther.png\"\r\n"
            "Content-Type: image/x\r\n\r\n\x89PNG\r\n--B--\r\n");
}

TEST(Multipart, EscapesTheNamesOfFields) {
  EXPECT_EQ(parts_of("{ \"a\\r\\n\\\"b\": '' }"),
            "--B\r\nContent-Disposition: form-data; name=\"a%0D%0A%22b\"\r\n\r\n\r\n--B--\r\n");
}

TEST(Multipart, HasOneBoundaryForOneContent) {
  const auto type = [](std::string_view parts) {
    return type_of("multipart: " + std::string(parts));
  };
  EXPECT_EQ(type("{ a: b }"), type("{ a: b }"));
  EXPECT_NE(type("{ a: b }"), type("{ a: c }"));
  EXPECT_NE(type("{ a: { file: pic.png } }"),
            type("{ a: { file: order.xml, name: pic.png, type: image/png } }"));
}

TEST(Multipart, SaysItsTypeOverTheCommonOne) {
  const plan::Plan plan =
      sending("multipart: { a: b }", "http: { headers: { content-type: text/plain } }");
  std::set<std::string> types;
  for (const plan::Header& one : plan.requests[0].headers) {
    if (one.name.size() == 12) types.insert(one.value.constant().substr(0, 19));
  }
  EXPECT_EQ(types, std::set<std::string>{"multipart/form-data"});
}

}  // namespace
}  // namespace loadgate::reader
