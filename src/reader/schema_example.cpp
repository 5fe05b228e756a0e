#include "reader/schema_example.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>

#include "reader/openapi_document.h"

namespace loadgate::reader {
namespace {

using Json = nlohmann::ordered_json;
using Kind = SketchValue::Kind;

constexpr int kMostValues = 500;  // Of one body.
constexpr int kDeepest = 16;
constexpr double kLargest = 9007199254740991;  // 2^53 - 1: what every JSON reader keeps.

SketchValue text(std::string value) { return {Kind::text, std::move(value)}; }
SketchValue bare(std::string value) { return {Kind::bare, std::move(value)}; }

std::optional<double> number_member(const Json& schema, const char* key) {
  const auto found = schema.find(key);
  if (found == schema.end() || !found->is_number()) return std::nullopt;
  return std::clamp(found->get<double>(), -kLargest, kLargest);
}

bool is_true(const Json& schema, const char* key) {
  const auto found = schema.find(key);
  return found != schema.end() && found->is_boolean() && found->get<bool>();
}

// OpenAPI 3.0 says "exclusiveMinimum: true", 3.1 "exclusiveMinimum: 5".
std::optional<double> bound(const Json& schema, const char* inclusive, const char* exclusive,
                            double step) {
  std::optional<double> limit = number_member(schema, inclusive);
  if (limit && is_true(schema, exclusive)) *limit += step;
  if (const auto open = number_member(schema, exclusive)) limit = *open + step;
  return limit;
}

std::string random_int(const Json& schema) {
  const auto lowest = bound(schema, "minimum", "exclusiveMinimum", 1);
  const auto highest = bound(schema, "maximum", "exclusiveMaximum", -1);
  const double from = std::ceil(lowest.value_or(highest ? std::min(1.0, *highest) : 1));
  const double to = std::floor(highest.value_or(from + 99));
  return fmt::format("{{{{ random_int({:.0f}, {:.0f}) }}}}", std::min(from, to), to);
}

SketchValue number_of(const Json& schema) {
  if (const auto step = number_member(schema, "multipleOf"); step && *step > 0) {
    const double lowest = bound(schema, "minimum", "exclusiveMinimum", 1).value_or(*step);
    return bare(fmt::format("{}", std::ceil(lowest / *step) * *step));
  }
  return text(random_int(schema));
}

// The first of the values that a description gives itself.
const Json* given_value(const Json& schema) {
  for (const char* key : {"example", "default", "const"}) {
    const auto found = schema.find(key);
    if (found != schema.end()) return &*found;
  }
  for (const char* key : {"examples", "enum"}) {
    const auto found = schema.find(key);
    if (found != schema.end() && found->is_array() && !found->empty()) return &found->front();
  }
  return nullptr;
}

}  // namespace

// The keys of an object, with those that "allOf" brings.
struct SchemaExample::Object {
  std::vector<std::pair<std::string, const Json*>> properties;
  std::set<std::string> required;
};

SketchValue SchemaExample::of_value(const Json& value, std::string_view name) const {
  SketchValue made;
  if (value.is_object()) {
    made.kind = Kind::map;
    for (const auto& [key, inner] : value.items()) {
      made.members.emplace_back(key, of_value(inner, key));
    }
  } else if (value.is_array()) {
    made.kind = Kind::list;
    for (const Json& item : value) made.items.push_back(of_value(item, name));
  } else if (value.is_string()) {
    made = text(is_secret_name(name) ? secrets_.placeholder(name)
                                     : literal_text(value.get<std::string>()));
  } else {
    made = bare(value.dump());
  }
  return made;
}

SketchValue SchemaExample::of_schema(const Json& schema, std::string_view name) {
  if (open_.empty()) values_ = 0;
  const Json& target = resolved(schema, document_);
  const bool comes_round = std::find(open_.begin(), open_.end(), &target) != open_.end();
  if (comes_round || !target.is_object() || open_.size() > kDeepest || ++values_ > kMostValues) {
    return {};
  }
  open_.push_back(&target);
  SketchValue made = of_resolved(target, name);
  open_.pop_back();
  return made;
}

SketchValue SchemaExample::of_resolved(const Json& schema, std::string_view name) {
  if (const Json* given = given_value(schema)) return of_value(*given, name);
  for (const char* key : {"oneOf", "anyOf"}) {
    const Json& choices = member(schema, key, document_);
    if (!choices.is_array()) continue;
    for (const Json& choice : choices) {
      if (type_of(resolved(choice, document_)) != "null") return of_schema(choice, name);
    }
  }
  return of_type(type_of(schema), schema, name);
}

std::string SchemaExample::type_of(const Json& schema) const {
  const Json& type = member(schema, "type", document_);
  if (type.is_string()) return type.get<std::string>();
  if (type.is_array()) {  // OpenAPI 3.1: [string, "null"].
    for (const Json& one : type) {
      if (one.is_string() && one != "null") return one.get<std::string>();
    }
  }
  if (!schema.is_object()) return {};
  if (schema.contains("properties") || schema.contains("allOf")) return "object";
  return schema.contains("items") ? "array" : "";
}

SketchValue SchemaExample::of_type(const std::string& type, const Json& schema,
                                   std::string_view name) {
  if (type == "object") return of_object(schema);
  if (type == "string") return text(string_of(schema, name));
  if (type == "integer" || type == "number") return number_of(schema);
  if (type == "boolean") return bare("true");
  if (type != "array") return {};
  SketchValue list{Kind::list, {}};
  const auto items = schema.find("items");
  if (items == schema.end()) return list;
  SketchValue item = of_schema(*items, name);
  const bool is_nothing = item.kind == Kind::bare && item.text == "null";
  if (!is_nothing) list.items.push_back(std::move(item));
  return list;
}

void SchemaExample::gather(const Json& schema, Object& object, int depth) const {
  if (depth > kDeepest) return;
  const Json& parts = member(schema, "allOf", document_);
  if (parts.is_array()) {
    for (const Json& one : parts) gather(resolved(one, document_), object, depth + 1);
  }
  const Json& required = member(schema, "required", document_);
  if (required.is_array()) {
    for (const Json& key : required) {
      if (key.is_string()) object.required.insert(key.get<std::string>());
    }
  }
  const Json& properties = member(schema, "properties", document_);
  if (!properties.is_object()) return;
  for (const auto& [key, property] : properties.items()) {
    object.properties.emplace_back(key, &property);
  }
}

SketchValue SchemaExample::of_object(const Json& schema) {
  Object object;
  gather(schema, object, 0);
  SketchValue map{Kind::map, {}};
  std::set<std::string> seen;
  for (const auto& [key, property] : object.properties) {
    const bool is_wanted = object.required.empty() || object.required.contains(key);
    const bool is_read_only = is_true(resolved(*property, document_), "readOnly");
    if (!is_wanted || is_read_only || !seen.insert(key).second) continue;
    map.members.emplace_back(key, of_schema(*property, key));
  }
  return map;
}

std::string SchemaExample::string_of(const Json& schema, std::string_view name) const {
  static const std::map<std::string, std::string> kFormats{
      {"uuid", "{{ uuid() }}"},
      {"date-time", "{{ now() }}"},
      {"date", "2026-01-31"},
      {"time", "12:00:00Z"},
      {"email", "{{ random_string(8) }}@example.com"},
      {"uri", "https://example.com/"},
      {"url", "https://example.com/"},
      {"ipv4", "127.0.0.1"},
      {"binary", ""}};
  const std::string format = text_member(schema, "format", document_);
  if (format == "password" || is_secret_name(name)) {
    return secrets_.placeholder(name.empty() ? "password" : name);
  }
  if (const auto known = kFormats.find(format); known != kFormats.end()) return known->second;
  const double longest = std::clamp(number_member(schema, "maxLength").value_or(1000), 0.0, 1000.0);
  const double shortest = std::clamp(number_member(schema, "minLength").value_or(0), 0.0, longest);
  const double length = std::clamp(8.0, shortest, longest);
  return length < 1 ? "" : fmt::format("{{{{ random_string({:.0f}) }}}}", length);
}

std::string text_of(const SketchValue& value) {
  if (value.kind == Kind::map) return {};
  if (value.kind != Kind::list) return value.text;
  std::string joined;
  for (const SketchValue& item : value.items) {
    if (!joined.empty()) joined += ',';
    joined += text_of(item);
  }
  return joined;
}

}  // namespace loadgate::reader
