#include "load/checks.h"

#include <gtest/gtest.h>

#include "support/sample_plan.h"

namespace loadgate::load {
namespace {

using namespace std::chrono_literals;
using support::SamplePlan;

constexpr TimePoint kDue{100s};

class ChecksTest : public testing::Test {
 protected:
  ChecksTest() {
    sample_.variable("wanted", "Shirt");
    variables_ = {{plan::Value::Kind::text, "Shirt"}};
    exchange_.response.head =
        "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nSet-Cookie: sid=hush\r\n\r\n";
    exchange_.response.body = R"({"quantity": 2, "name": "Shirt", "big": 1.5, "tags": ["a"]})";
    exchange_.moments.sent = kDue + 500ms;
    exchange_.moments.finished = kDue + 612ms;
  }

  static plan::JsonPath path(std::string_view text) { return *plan::JsonPath::compile(text); }
  static plan::Regex regex(std::string_view text) { return *plan::Regex::compile(text); }
  plan::Template json(std::string_view text) const {
    return *plan::Template::compile_json(text, sample_.names());
  }

  // What is said of the first check that does not hold; empty where all do.
  std::string said(Bodies bodies = Bodies::shown) const {
    AnswerBody body(exchange_.response.body);
    const auto failed = first_failed(expect_, exchange_, body, {.variables = variables_}, kDue);
    return failed ? explain(*failed, Mask({"hunter2"}), bodies) : "";
  }
  std::string said_of(plan::JsonCheck check) {
    expect_.json = {std::move(check)};
    return said();
  }
  std::string said_of(plan::HeaderCheck check) {
    expect_.headers = {std::move(check)};
    return said();
  }

  SamplePlan sample_;
  plan::Expectations expect_;
  transport::Exchange exchange_;
  std::vector<plan::Value> variables_;
};

TEST_F(ChecksTest, CompareJsonAsJson) {
  EXPECT_EQ(said_of({path("$.quantity"), json("2")}), "");
  EXPECT_EQ(said_of({path("$.quantity"), json("2.0")}), "");
  EXPECT_EQ(said_of({path("$.tags"), json(R"([ "a" ])")}), "");
  EXPECT_EQ(said_of({path("$.name"), json(R"("{{ wanted }}")")}), "");
  EXPECT_EQ(said_of({path("$.quantity"), json("1")}), "$.quantity is 2, expected 1");
  EXPECT_EQ(said_of({path("$.quantity"), json(R"("2")")}), "$.quantity is 2, expected \"2\"");
  EXPECT_EQ(said_of({path("$.big"), json(R"("{{ wanted }}")")}),
            "$.big is 1.5, expected \"Shirt\"");
}

TEST_F(ChecksTest, SayWhereJsonIsMissing) {
  EXPECT_EQ(said_of({path("$.id"), plan::Exists{}}), "$.id not found: " + exchange_.response.body);
  EXPECT_EQ(said_of({path("$.id"), json("1")}),
            "$.id not found, expected 1: " + exchange_.response.body);
  exchange_.response.body = "<html>";
  EXPECT_EQ(said(), "$.id not found, expected 1: the body is not JSON: <html>");
  exchange_.response.body.clear();
  EXPECT_EQ(said(), "$.id not found, expected 1: the body is empty");
}

TEST_F(ChecksTest, CompareNumbersAndTexts) {
  EXPECT_EQ(said_of({path("$.quantity"), plan::Exists{}}), "");
  EXPECT_EQ(said_of({path("$.quantity"), plan::LessThan{3}}), "");
  EXPECT_EQ(said_of({path("$.quantity"), plan::LessThan{2}}),
            "$.quantity is 2, expected less than 2");
  EXPECT_EQ(said_of({path("$.big"), plan::GreaterThan{1.4}}), "");
  EXPECT_EQ(said_of({path("$.big"), plan::GreaterThan{1.5}}),
            "$.big is 1.5, expected greater than 1.5");
  EXPECT_EQ(said_of({path("$.name"), plan::LessThan{3}}),
            "$.name is \"Shirt\", expected less than 3");
  EXPECT_EQ(said_of({path("$.name"), regex("^S.*t$")}), "");
  EXPECT_EQ(said_of({path("$.name"), regex("^T")}), "$.name is \"Shirt\", expected a match of ^T");
}

TEST_F(ChecksTest, LookAtHeaders) {
  EXPECT_EQ(said_of({"content-type", plan::Exists{}}), "");
  EXPECT_EQ(said_of({"Content-Type", sample_.text("text/html")}), "");
  EXPECT_EQ(said_of({"Content-Type", regex("html$")}), "");
  EXPECT_EQ(said_of({"Content-Type", sample_.text("text/plain")}),
            "header Content-Type is \"text/html\", expected \"text/plain\"");
  EXPECT_EQ(said_of({"ETag", plan::Exists{}}), "header ETag not found");
  EXPECT_EQ(said_of({"Set-Cookie", regex("^a")}),
            "header Set-Cookie is \"***\", expected a match of ^a");
}

TEST_F(ChecksTest, LookIntoTheBody) {
  exchange_.response.body = "Shirt: sold";
  expect_.contains = {sample_.text("{{ wanted }}: ")};
  expect_.matches = {regex("sold|gone")};
  EXPECT_EQ(said(), "");
  exchange_.response.body = "Shirt: hunter2";
  EXPECT_EQ(said(), "the body does not match sold|gone: Shirt: ***");
  exchange_.response.body = "Hat";
  EXPECT_EQ(said(), "the body does not contain \"Shirt: \": Hat");
  exchange_.response.body = "";
  EXPECT_EQ(said(), "the body does not contain \"Shirt: \": it is empty");
}

TEST_F(ChecksTest, CountTheTimeFromWhenTheRequestWasDue) {
  expect_.within = 612ms;
  EXPECT_EQ(said(), "");
  expect_.within = 500ms;
  EXPECT_EQ(said(), "took 612 ms, expected within 500 ms");
}

TEST_F(ChecksTest, ShowNothingOfABodyThatIsNotKept) {
  expect_.json = {{path("$.quantity"), json("1")}};
  EXPECT_EQ(said(Bodies::hidden), "$.quantity is something else, expected 1");
  expect_.json = {{path("$.id"), plan::Exists{}}};
  EXPECT_EQ(said(Bodies::hidden), "$.id not found");
  expect_.json = {};
  expect_.contains = {sample_.text("x")};
  EXPECT_EQ(said(Bodies::hidden), "the body does not contain \"x\"");
}

TEST_F(ChecksTest, CutALongValueAndMaskWhatTheCutWouldSplit) {
  exchange_.response.body = "\"" + std::string(96, 'x') + "hunter2 and more\"";
  EXPECT_EQ(said_of({path("$"), json("1")}), "$ is \"" + std::string(96, 'x') + "***…, expected 1");
}

}  // namespace
}  // namespace loadgate::load
