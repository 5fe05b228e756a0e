#include "load/captures.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <optional>

#include "load/response_head.h"

namespace loadgate::load {
namespace {

constexpr std::size_t kShownBytes = 100;

std::optional<plan::Value> as_text(std::optional<std::string_view> found) {
  if (!found) return std::nullopt;
  return plan::Value{plan::Value::Kind::text, std::string(*found)};
}

// Finds what a capture looks for.
class Finder {
 public:
  Finder(const transport::Response& response, AnswerBody& body)
      : response_(response), body_(body) {}

  std::optional<plan::Value> operator()(const plan::JsonPath& path) const {
    const nlohmann::json* document = body_.json();
    const nlohmann::json* found = document == nullptr ? nullptr : path.find(*document);
    if (found == nullptr) return std::nullopt;
    return plan::value_of(*found);
  }
  std::optional<plan::Value> operator()(const plan::FromHeader& header) const {
    return as_text(header_of(response_.head, header.name));
  }
  std::optional<plan::Value> operator()(const plan::FromCookie& cookie) const {
    return as_text(cookie_of(response_.cookies, cookie.name));
  }
  std::optional<plan::Value> operator()(const plan::Regex& regex) const {
    return as_text(regex.find(body_.text()));
  }

 private:
  const transport::Response& response_;
  AnswerBody& body_;
};

std::string in_the_body(const std::string& what, const std::string& body, const Mask& mask,
                        Bodies bodies) {
  if (body.empty()) return what + " not found: the body is empty";
  if (bodies == Bodies::hidden) return what + " not found in the body";
  return fmt::format("{} not found in {}", what, excerpt(body, kShownBytes, mask));
}

std::string explain_path(const plan::JsonPath& path, const std::string& text, const Mask& mask,
                         Bodies bodies) {
  AnswerBody body(text);
  if (text.empty() || body.json() != nullptr) {
    return in_the_body(path.source(), text, mask, bodies);
  }
  return fmt::format("{} not found: the body is not JSON{}", path.source(),
                     bodies == Bodies::hidden ? "" : ": " + excerpt(text, kShownBytes, mask));
}

}  // namespace

const plan::Capture* capture(const plan::Request& request, const transport::Response& response,
                             AnswerBody& body, std::span<plan::Value> variables) {
  const plan::Capture* missing = nullptr;
  for (const plan::Capture& one : request.captures) {
    std::optional<plan::Value> found = std::visit(Finder(response, body), one.from);
    if (found) {
      variables[one.slot] = *std::move(found);
    } else if (missing == nullptr) {
      missing = &one;
    }
  }
  return missing;
}

std::string explain_missing(const plan::Capture& missing, const std::string& body, const Mask& mask,
                            Bodies bodies) {
  if (const auto* path = std::get_if<plan::JsonPath>(&missing.from)) {
    return explain_path(*path, body, mask, bodies);
  }
  if (const auto* regex = std::get_if<plan::Regex>(&missing.from)) {
    return in_the_body(fmt::format("regex '{}'", regex->source()), body, mask, bodies);
  }
  if (const auto* header = std::get_if<plan::FromHeader>(&missing.from)) {
    return fmt::format("header {} not found", header->name);
  }
  return fmt::format("cookie {} not found", std::get<plan::FromCookie>(missing.from).name);
}

}  // namespace loadgate::load
