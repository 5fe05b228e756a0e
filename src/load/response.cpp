#include "load/response.h"

#include <fmt/format.h>

#include "load/answer_body.h"
#include "load/captures.h"

namespace loadgate::load {

metrics::ErrorKind error_of(transport::Outcome outcome) {
  using transport::Outcome;
  switch (outcome) {
    case Outcome::ok:
      return metrics::ErrorKind::none;
    case Outcome::could_not_resolve:
      return metrics::ErrorKind::could_not_resolve;
    case Outcome::could_not_connect:
      return metrics::ErrorKind::could_not_connect;
    case Outcome::tls:
      return metrics::ErrorKind::tls;
    case Outcome::timed_out:
      return metrics::ErrorKind::timed_out;
    case Outcome::connection_lost:
      return metrics::ErrorKind::connection_lost;
    case Outcome::protocol:
      return metrics::ErrorKind::protocol;
    case Outcome::out_of_descriptors:
      return metrics::ErrorKind::out_of_descriptors;
    case Outcome::cancelled:
      return metrics::ErrorKind::cancelled;
  }
  return metrics::ErrorKind::protocol;
}

bool Answer::is_transport_error() const {
  return failed() && error != metrics::ErrorKind::unexpected_status &&
         error != metrics::ErrorKind::check_failed && error != metrics::ErrorKind::capture_failed;
}

Answer read_answer(const plan::Request& request, const transport::Exchange& exchange,
                   const plan::Scope& scope, TimePoint due, std::span<plan::Value> variables) {
  Answer answer{.error = error_of(exchange.outcome)};
  if (answer.failed()) return answer;
  AnswerBody body(exchange.response.body);
  answer.failed_check = first_failed(request.expect, exchange, body, scope, due);
  answer.missing = capture(request, exchange.response, body, variables);
  if (!request.expect.status.accepts(exchange.response.status)) {
    answer.error = metrics::ErrorKind::unexpected_status;
  } else if (answer.failed_check) {
    answer.error = metrics::ErrorKind::check_failed;
  } else if (answer.missing != nullptr) {
    answer.error = metrics::ErrorKind::capture_failed;
  }
  return answer;
}

std::string explain(const Answer& answer, const plan::Request& request,
                    const transport::Exchange& exchange, const Mask& mask, Bodies bodies) {
  switch (answer.error) {
    case metrics::ErrorKind::unexpected_status:
      return fmt::format("status {}, expected {}", exchange.response.status,
                         request.expect.status.text());
    case metrics::ErrorKind::check_failed:
      return explain(*answer.failed_check, mask, bodies);
    case metrics::ErrorKind::capture_failed:
      return explain_missing(*answer.missing, exchange.response.body, mask, bodies);
    default:
      if (!exchange.detail.empty()) return exchange.detail;
      return std::string(metrics::name_of(answer.error));
  }
}

}  // namespace loadgate::load
