#include "reader/schema_types.h"

#include <fmt/format.h>

#include <cassert>
#include <map>
#include <nlohmann/json.hpp>
#include <string>

#include "base/text.h"

namespace loadgate::reader {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::string_view kOneOf = "one of ";
constexpr std::string_view kEnvironment = R"(\$\{)";

// As base/units reads them.
constexpr std::string_view kNumber = R"(\d+(\.\d*)?)";
const std::string kDuration =
    fmt::format(R"((?=\d)(0$|({0}h)?({0}m)?({0}s)?({0}ms)?({0}us)?({0}ns)?))", kNumber);
// The same where more text may follow.
const std::string kDurationInside =
    fmt::format(R"((?=\d)({0}h)?({0}m)?({0}s)?({0}ms)?({0}us)?({0}ns)?)", kNumber);

Json scalar() { return {{"type", {"string", "number", "boolean"}}}; }

// One text of this form, or of the environment.
Json text_like(std::string_view pattern) {
  return {{"type", "string"}, {"pattern", fmt::format("^({})$|{}", pattern, kEnvironment)}};
}

Json or_environment(Json type) {
  return {{"anyOf", {std::move(type), {{"type", "string"}, {"pattern", kEnvironment}}}}};
}

// "0" alone needs no unit.
Json or_zero(Json type) { return {{"anyOf", {std::move(type), {{"const", 0}}}}}; }

Json any_of(Json a, Json b) { return {{"anyOf", {std::move(a), std::move(b)}}}; }
Json list_of(Json item) { return {{"type", "array"}, {"items", std::move(item)}}; }
Json some_of(Json item) {
  Json list = list_of(std::move(item));
  list["minItems"] = 1;
  return list;
}
Json object(std::string_view name) { return {{"$ref", fmt::format("#/definitions/{}", name)}}; }

Json map_of(Json value, std::string_view name_pattern = {}) {
  Json map{{"type", "object"}, {"additionalProperties", std::move(value)}};
  if (!name_pattern.empty()) map["propertyNames"] = {{"pattern", name_pattern}};
  return map;
}

// RFC 9110, section 5.6.2.
constexpr std::string_view kHeaderName = R"(^[A-Za-z0-9!#$%&'*+.^_`|~-]+$)";
// As plan/names has them.
constexpr std::string_view kVariable = R"(^(?!(user|iteration|data)$)[A-Za-z_][A-Za-z0-9_]*$)";

Json wait(std::string_view words) {
  return or_zero(
      text_like(fmt::format(R"(\s*({0}(\s*\.\.\s*{0})?|({1})\s+{0})\s*)", kDurationInside, words)));
}

Json threshold() {
  return text_like(
      fmt::format(R"(\s*((p[\d.]+|max|mean)\s*[<>]=?\s*({0}|baseline.*)|)"
                  R"(error_rate\s*[<>]=?\s*({1}\s*%|baseline.*)|)"
                  R"((requests_per_second|requests|failures)\s*[<>]=?\s*({1}|baseline.*))\s*)",
                  kDurationInside, kNumber));
}

Json status() {
  return any_of({{"type", "integer"}, {"minimum", 100}, {"maximum", 599}},
                text_like("[1-5][xX][xX]"));
}

// A map with one of the words is a check, any other value is compared with.
Json json_check() {
  Json words = Json::array();
  for (const char* word : {"less_than", "greater_than", "matches"}) {
    words.push_back({{"required", {word}}});
  }
  return {{"if", {{"type", "object"}, {"anyOf", std::move(words)}}},
          {"then", object("json_check")}};
}

using Types = std::map<std::string_view, Json>;

Types scalar_types() {
  Json path = text_like("(/|https?://).*");
  return {
      {"a text", scalar()},
      {"a command", scalar()},
      {"a path of a file", scalar()},
      {"a path of a folder", scalar()},
      {"a path of a socket", scalar()},
      {"a path of a control group", scalar()},
      {"the name of a process", scalar()},
      {"a regular expression", scalar()},
      {"the name of a request", scalar()},
      {"the name of a stage", scalar()},
      {"a URL", text_like("[hH][tT][tT][pP][sS]?://.+")},
      {"a path", std::move(path)},
      {"a duration", or_zero(text_like(kDuration))},
      {"a rate", text_like(fmt::format("{}/[smh]", kNumber))},
      {"a share", text_like(fmt::format("{} *%", kNumber))},
      {"a number", or_environment({{"type", "number"}})},
      {"a whole number", or_environment({{"type", "integer"}})},
      {"true or false", or_environment({{"type", "boolean"}})},
      {"a duration, a range or exponential", wait("exponential")},
      {"a duration, a range, exponential or pacing", wait("exponential|pacing")},
      {"a metric, a comparison and a limit", threshold()},
      {"a port", or_environment(any_of({{"type", "integer"}, {"minimum", 1}, {"maximum", 65535}},
                                       text_like(R"(\{\{\s*port\s*\}\})")))},
      {"any value", Json::object()},
  };
}

Types list_types() {
  return {
      {"a status, a class of them, or a list", any_of(status(), some_of(status()))},
      {"a text or a list of texts", any_of(scalar(), some_of(scalar()))},
      {"a regular expression or a list of them", any_of(scalar(), some_of(scalar()))},
      {"a list of names", list_of(scalar())},
      {"a list of names of requests", list_of(scalar())},
      {"a list of names of stages", list_of(scalar())},
      {"a list of paths of files", list_of(scalar())},
      {"a list of stages", list_of(object("stage"))},
      {"a list of scenarios", list_of(object("scenario"))},
      {"a list of thresholds", list_of(any_of(threshold(), object("threshold")))},
      {"a list of requests and tasks", list_of(object("task"))},
      {"a list of requests and waits", list_of(object("step"))},
  };
}

Types map_types() {
  Json capture = text_like(R"(\s*(\$.*|(header|cookie|regex)\s+\S.*))");
  return {
      {"a map of names and values", map_of(scalar())},
      {"a map of names and texts", map_of(scalar(), kHeaderName)},
      {"a map of names and texts or files", map_of(any_of(scalar(), object("part")))},
      {"a map of names and sources", map_of(object("data"), "^[A-Za-z0-9_]+$")},
      {"a map of names and processes", map_of(object("watch"))},
      {"a map of names and profiles", map_of(object("profile"))},
      {"a map of names and captures", map_of(std::move(capture), kVariable)},
      {"a map of names and checks", map_of(any_of(scalar(), object("header_check")), kHeaderName)},
      {"a map of JSON paths and checks", map_of(json_check(), R"(^\$)")},
  };
}

const Types& types() {
  static const Types all = [] {
    Types joined = scalar_types();
    joined.merge(list_types());
    joined.merge(map_types());
    return joined;
  }();
  return all;
}

Json one_of(std::string_view words) {
  Json choices = Json::array();
  for (const std::string_view word : split(words, ',')) choices.push_back(trimmed(word));
  return or_environment({{"enum", std::move(choices)}});
}

}  // namespace

Json schema_of_type(std::string_view type) {
  if (type.starts_with(kOneOf)) return one_of(type.substr(kOneOf.size()));
  const auto known = types().find(type);
  assert(known != types().end());
  return known->second;
}

}  // namespace loadgate::reader
