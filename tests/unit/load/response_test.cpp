#include "load/response.h"

#include <gtest/gtest.h>

#include "support/sample_plan.h"

namespace loadgate::load {
namespace {

using metrics::ErrorKind;
using support::SamplePlan;
using namespace std::chrono_literals;

constexpr TimePoint kSent{100s};

// A request with two captures, and a response to it.
class ResponseTest : public testing::Test {
 protected:
  ResponseTest() {
    id_ = sample_.get("/carts/");
    sample_.capture(id_, "cart_id", "$.id");
    sample_.capture(id_, "price", "$.items[0].price");
    exchange_.moments.sent = kSent;
    exchange_.moments.finished = kSent + 612ms;
    exchange_.response.status = 200;
    variables_.resize(sample_.plan().names.size());
  }

  plan::Request& request() { return sample_.request(id_); }

  Answer answer_to(std::string body) {
    exchange_.response.body_size = body.size();
    exchange_.response.body = std::move(body);
    return read_answer(request(), exchange_, {.variables = variables_}, kSent, variables_);
  }

  std::string explained(std::string body) {
    return explain(answer_to(std::move(body)), request(), exchange_, Mask({"hunter2"}));
  }

  SamplePlan sample_;
  std::size_t id_ = 0;
  transport::Exchange exchange_;
  std::vector<plan::Value> variables_;
};

TEST_F(ResponseTest, KeepsWhatCapturesFindWithItsType) {
  const Answer answer = answer_to(R"({"id": "c-7", "items": [{"price": 12.5}]})");
  EXPECT_FALSE(answer.failed());
  EXPECT_EQ(variables_[0], (plan::Value{plan::Value::Kind::text, "c-7"}));
  EXPECT_EQ(variables_[1], (plan::Value{plan::Value::Kind::json, "12.5"}));
}

TEST_F(ResponseTest, FailsWhereACaptureFindsNothingButKeepsTheOthers) {
  const Answer answer = answer_to(R"({"items": [{"price": 3}]})");
  EXPECT_EQ(answer.error, ErrorKind::capture_failed);
  EXPECT_EQ(answer.missing, &request().captures[0]);
  EXPECT_TRUE(answer.ends_iteration());
  EXPECT_FALSE(answer.is_transport_error());
  EXPECT_EQ(variables_[1].text, "3");
}

TEST_F(ResponseTest, FailsWhereAnExpectationDoesNotHoldButGoesOn) {
  request().expect.within = 500ms;
  const Answer answer = answer_to(R"({"id": 1, "items": [{"price": 3}]})");
  EXPECT_EQ(answer.error, ErrorKind::check_failed);
  EXPECT_FALSE(answer.ends_iteration());
  EXPECT_FALSE(answer.is_transport_error());
  EXPECT_EQ(explain(answer, request(), exchange_, Mask({})), "took 612 ms, expected within 500 ms");
}

TEST_F(ResponseTest, NamesTheStatusBeforeAChecksAndAChecksBeforeACaptures) {
  request().expect.within = 500ms;
  Answer answer = answer_to("{}");
  EXPECT_EQ(answer.error, ErrorKind::check_failed);
  EXPECT_TRUE(answer.ends_iteration()) << "what the next steps need is missing all the same";
  exchange_.response.status = 500;
  answer = answer_to("{}");
  EXPECT_EQ(answer.error, ErrorKind::unexpected_status);
}

TEST_F(ResponseTest, ComparesWithWhatTheUserHeldBeforeTheAnswer) {
  variables_[0] = {plan::Value::Kind::text, "c-7"};
  request().expect.json = {{*plan::JsonPath::compile("$.id"),
                            *plan::Template::compile_json(R"("{{ cart_id }}")", sample_.names())}};
  EXPECT_FALSE(answer_to(R"({"id": "c-7", "items": [{"price": 3}]})").failed());
  EXPECT_EQ(explained(R"({"id": "c-8", "items": [{"price": 3}]})"),
            R"($.id is "c-8", expected "c-7")");
}

TEST_F(ResponseTest, SaysNothingOfBodiesThatAreNotKept) {
  const auto said = [&](std::string body) {
    return explain(answer_to(std::move(body)), request(), exchange_, Mask({}), Bodies::hidden);
  };
  EXPECT_EQ(said("{}"), "$.id not found in the body");
  EXPECT_EQ(said("<html>"), "$.id not found: the body is not JSON");
}

TEST_F(ResponseTest, SaysWhatACaptureSaw) {
  EXPECT_EQ(explained(R"({"detail": "Not found."})"),
            R"($.id not found in {"detail": "Not found."})");
  EXPECT_EQ(explained(""), "$.id not found: the body is empty");
  EXPECT_EQ(explained("<html>Oops</html>"),
            "$.id not found: the body is not JSON: <html>Oops</html>");
  EXPECT_EQ(explained("[" + std::string(300, ' ') + "]"),
            "$.id not found in [" + std::string(99, ' ') + "…");
}

TEST_F(ResponseTest, MasksASecretThatTheCutWouldSplit) {
  const std::string body = "\"" + std::string(95, 'x') + "hunter2 and more\"";
  const std::string text = explained(body);
  EXPECT_EQ(text, "$.id not found in \"" + std::string(95, 'x') + "*** …");
}

TEST_F(ResponseTest, DoesNotEndTheIterationForAnUnexpectedStatusAlone) {
  exchange_.response.status = 500;
  const Answer answer = answer_to(R"({"id": 1, "items": [{"price": 3}]})");
  EXPECT_EQ(answer.error, ErrorKind::unexpected_status);
  EXPECT_FALSE(answer.ends_iteration());
  EXPECT_EQ(explain(answer, request(), exchange_, Mask({})), "status 500, expected below 400");
}

TEST_F(ResponseTest, NamesTheStatusWhereACaptureIsMissingToo) {
  exchange_.response.status = 404;
  request().expect.status = plan::StatusRule(201);
  const Answer answer = answer_to("{}");
  EXPECT_EQ(answer.error, ErrorKind::unexpected_status);
  EXPECT_TRUE(answer.ends_iteration());
  EXPECT_EQ(explain(answer, request(), exchange_, Mask({})), "status 404, expected 201");
}

TEST_F(ResponseTest, TakesTheTransportsWordsForATransportError) {
  exchange_.outcome = transport::Outcome::could_not_connect;
  exchange_.detail = "Connection refused";
  const Answer answer = answer_to("");
  EXPECT_EQ(answer.error, ErrorKind::could_not_connect);
  EXPECT_TRUE(answer.is_transport_error());
  EXPECT_TRUE(answer.ends_iteration());
  EXPECT_EQ(explain(answer, request(), exchange_, Mask({})), "Connection refused");
  exchange_.detail.clear();
  EXPECT_EQ(explain(answer, request(), exchange_, Mask({})), "could not connect");
}

TEST(Response, HasAnErrorKindForEveryOutcome) {
  using transport::Outcome;
  const std::vector<std::pair<Outcome, ErrorKind>> kinds = {
      {Outcome::ok, ErrorKind::none},
      {Outcome::could_not_resolve, ErrorKind::could_not_resolve},
      {Outcome::could_not_connect, ErrorKind::could_not_connect},
      {Outcome::tls, ErrorKind::tls},
      {Outcome::timed_out, ErrorKind::timed_out},
      {Outcome::connection_lost, ErrorKind::connection_lost},
      {Outcome::protocol, ErrorKind::protocol},
      {Outcome::out_of_descriptors, ErrorKind::out_of_descriptors},
      {Outcome::cancelled, ErrorKind::cancelled}};
  for (const auto& [outcome, kind] : kinds) EXPECT_EQ(error_of(outcome), kind);
}

}  // namespace
}  // namespace loadgate::load
