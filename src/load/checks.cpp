#include "load/checks.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <optional>
#include <utility>

#include "base/text.h"
#include "base/units.h"
#include "load/response_head.h"

namespace loadgate::load {
namespace {

using Failed = std::optional<FailedCheck>;

// More than is ever shown of what was seen, so that secrets are masked before the cut.
constexpr std::size_t kSeenBytes = 4096;
constexpr std::size_t kShownBytes = 100;

std::string beginning_of(const std::string& text) {
  return std::string(truncated(text, kSeenBytes));
}

// Whether a JSON value is as wanted; `expected` is then what the plan says, in words.
class JsonWish {
 public:
  JsonWish(const nlohmann::json* found, const plan::Scope& scope) : found_(found), scope_(scope) {}

  bool operator()(const plan::Exists&) { return found_ != nullptr; }

  bool operator()(const plan::Template& wanted) {
    constexpr bool kThrow = false;
    expected = wanted.filled(scope_);
    return found_ != nullptr && nlohmann::json::parse(expected, nullptr, kThrow) == *found_;
  }

  bool operator()(const plan::LessThan& wanted) {
    expected = fmt::format("less than {}", wanted.limit);
    return is_number() && found_->get<double>() < wanted.limit;
  }

  bool operator()(const plan::GreaterThan& wanted) {
    expected = fmt::format("greater than {}", wanted.limit);
    return is_number() && found_->get<double>() > wanted.limit;
  }

  bool operator()(const plan::Regex& wanted) {
    expected = "a match of " + wanted.source();
    return found_ != nullptr && wanted.matches(plan::value_of(*found_).text);
  }

  std::string expected;

 private:
  bool is_number() const { return found_ != nullptr && found_->is_number(); }

  const nlohmann::json* found_;
  const plan::Scope& scope_;
};

std::string written(const nlohmann::json& value) {
  return value.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

Failed check(const plan::JsonCheck& one, AnswerBody& body, const plan::Scope& scope) {
  const nlohmann::json* document = body.json();
  const nlohmann::json* found = document == nullptr ? nullptr : one.path.find(*document);
  JsonWish wish(found, scope);
  if (std::visit(wish, one.wanted)) return std::nullopt;
  const std::string expected = wish.expected.empty() ? "" : ", expected " + wish.expected;
  if (found != nullptr) {
    return FailedCheck{one.path.source() + " is ", beginning_of(written(*found)), expected};
  }
  std::string text = one.path.source() + " not found" + expected;
  if (body.text().empty()) return FailedCheck{text + ": the body is empty", "", ""};
  if (document == nullptr) text += ": the body is not JSON";
  return FailedCheck{std::move(text), beginning_of(body.text()), ""};
}

Failed check(const plan::HeaderCheck& one, const transport::Response& response,
             const plan::Scope& scope) {
  const std::optional<std::string_view> found = header_of(response.head, one.name);
  std::string expected;
  bool holds = found.has_value();
  if (const auto* wanted = std::get_if<plan::Template>(&one.wanted)) {
    const std::string value = wanted->filled(scope);
    expected = fmt::format(", expected \"{}\"", value);
    holds = holds && *found == value;
  } else if (const auto* regex = std::get_if<plan::Regex>(&one.wanted)) {
    expected = ", expected a match of " + regex->source();
    holds = holds && regex->matches(*found);
  }
  if (holds) return std::nullopt;
  if (!found) return FailedCheck{fmt::format("header {} not found{}", one.name, expected), "", ""};
  const std::string_view shown = is_private_header(one.name) ? "***" : *found;
  return FailedCheck{fmt::format("header {} is \"{}\"{}", one.name, shown, expected), "", ""};
}

FailedCheck lacking(std::string text, const std::string& body) {
  if (body.empty()) return {std::move(text) + ": it is empty", "", ""};
  return {std::move(text), beginning_of(body), ""};
}

Failed check_text(const plan::Expectations& expect, const std::string& body,
                  const plan::Scope& scope) {
  for (const plan::Template& one : expect.contains) {
    const std::string wanted = one.filled(scope);
    if (body.find(wanted) == std::string::npos) {
      return lacking(fmt::format("the body does not contain \"{}\"", wanted), body);
    }
  }
  for (const plan::Regex& one : expect.matches) {
    if (!one.matches(body)) return lacking("the body does not match " + one.source(), body);
  }
  return std::nullopt;
}

Failed check_time(const plan::Expectations& expect, const transport::Exchange& exchange,
                  TimePoint due) {
  const Nanoseconds took = exchange.moments.finished - due;
  if (!expect.within || took <= *expect.within) return std::nullopt;
  return FailedCheck{fmt::format("took {}, expected within {}", format_latency(took),
                                 format_latency(*expect.within)),
                     "", ""};
}

Failed first_of(const plan::Expectations& expect, const transport::Exchange& exchange,
                AnswerBody& body, const plan::Scope& scope, TimePoint due) {
  for (const plan::JsonCheck& one : expect.json) {
    if (Failed failed = check(one, body, scope)) return failed;
  }
  for (const plan::HeaderCheck& one : expect.headers) {
    if (Failed failed = check(one, exchange.response, scope)) return failed;
  }
  if (Failed failed = check_text(expect, body.text(), scope)) return failed;
  return check_time(expect, exchange, due);
}

}  // namespace

std::unique_ptr<const FailedCheck> first_failed(const plan::Expectations& expect,
                                                const transport::Exchange& exchange,
                                                AnswerBody& body, const plan::Scope& scope,
                                                TimePoint due) {
  Failed failed = first_of(expect, exchange, body, scope, due);
  return failed ? std::make_unique<const FailedCheck>(*std::move(failed)) : nullptr;
}

std::string explain(const FailedCheck& failed, const Mask& mask, Bodies bodies) {
  const bool is_in_sentence = !failed.rest.empty();
  if (bodies == Bodies::hidden) {
    return is_in_sentence ? failed.text + "something else" + failed.rest : failed.text;
  }
  const std::string seen = excerpt(failed.seen, kShownBytes, mask);
  if (is_in_sentence) return failed.text + seen + failed.rest;
  return failed.seen.empty() ? failed.text : failed.text + ": " + seen;
}

}  // namespace loadgate::load
