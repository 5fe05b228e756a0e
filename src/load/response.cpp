#include "load/response.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

namespace loadgate::load {
namespace {

constexpr std::size_t kShownBytes = 100;

nlohmann::json parsed(const std::string& body) {
  constexpr bool kThrow = false;
  return nlohmann::json::parse(body, nullptr, kThrow);
}

const plan::Capture* capture(const plan::Request& request, const std::string& body,
                             std::span<plan::Value> variables) {
  const plan::Capture* missing = nullptr;
  const nlohmann::json document = parsed(body);
  for (const plan::Capture& one : request.captures) {
    const auto* path = std::get_if<plan::JsonPath>(&one.from);
    const nlohmann::json* found =
        document.is_discarded() || path == nullptr ? nullptr : path->find(document);
    if (found != nullptr) {
      variables[one.slot] = plan::value_of(*found);
    } else if (missing == nullptr) {
      missing = &one;
    }
  }
  return missing;
}

std::string explain_missing(const plan::Capture& missing, const std::string& body,
                            const Mask& mask) {
  const std::string& path = std::get<plan::JsonPath>(missing.from).source();
  if (body.empty()) return path + " not found: the body is empty";
  const std::string shown =
      fmt::format("{}{}", mask.over_beginning(body, kShownBytes, Mask::Is::whole),
                  body.size() > kShownBytes ? "…" : "");
  if (parsed(body).is_discarded()) {
    return fmt::format("{} not found: the body is not JSON: {}", path, shown);
  }
  return fmt::format("{} not found in {}", path, shown);
}

}  // namespace

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

Answer read_answer(const plan::Request& request, const transport::Exchange& exchange,
                   std::span<plan::Value> variables) {
  Answer answer{.error = error_of(exchange.outcome)};
  if (answer.failed()) return answer;
  if (!request.captures.empty()) {
    answer.missing = capture(request, exchange.response.body, variables);
  }
  if (!request.expect.status.accepts(exchange.response.status)) {
    answer.error = metrics::ErrorKind::unexpected_status;
  } else if (answer.missing != nullptr) {
    answer.error = metrics::ErrorKind::capture_failed;
  }
  return answer;
}

std::string explain(const Answer& answer, const plan::Request& request,
                    const transport::Exchange& exchange, const Mask& mask) {
  if (answer.error == metrics::ErrorKind::unexpected_status) {
    return fmt::format("status {}, expected {}", exchange.response.status,
                       request.expect.status.text());
  }
  if (answer.missing != nullptr)
    return explain_missing(*answer.missing, exchange.response.body, mask);
  if (!exchange.detail.empty()) return exchange.detail;
  return std::string(metrics::name_of(answer.error));
}

}  // namespace loadgate::load
