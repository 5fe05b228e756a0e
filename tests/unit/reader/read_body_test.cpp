#include "reader/read_body.h"

#include "plans.h"

namespace loadgate::reader {
namespace {

std::string body_of(const plan::Plan& plan) {
  const auto& body = plan.requests[0].body;
  return body ? filled(plan, *body) : "no body";
}

std::string type_of(std::string_view body) { return header(with_request(body), "Content-Type"); }

TEST(JsonBody, MayBeOnePlaceholderAlone) {
  const std::string_view more = "variables: { number: 5, text: 'a\"b' }";
  EXPECT_EQ(body_of(with_request("json: '{{ number }}'", more)), "5");
  EXPECT_EQ(body_of(with_request("json: '{{ text }}'", more)), R"("a\"b")");
}

TEST(JsonBody, MayBeAWholeRowOfData) {
  const plan::Plan plan =
      with_request("json: '{{ data.films }}'", "data: { films: { file: films.json } }");
  ASSERT_EQ(plan.data.size(), 1U);
  const std::vector<const plan::Row*> rows{&plan.data[0].rows[0]};
  std::string out;
  plan.requests[0].body->fill({.variables = {}, .rows = rows}, out);
  EXPECT_EQ(out, plan.data[0].rows[0].whole.text);
  EXPECT_TRUE(out.starts_with("{")) << out;
}

TEST(FileBody, IsSentAsItIs) {
  const plan::Plan plan = with_request("file: pic.png");
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

}  // namespace
}  // namespace loadgate::reader
