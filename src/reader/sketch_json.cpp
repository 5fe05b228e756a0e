#include "reader/sketch_json.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "reader/plan_text.h"

namespace loadgate::reader {
namespace {

using Json = nlohmann::ordered_json;

constexpr int kDeepest = 40;  // The reader of plans takes 64 levels in all.

void collect(const Json& json, const std::string& name, int depth, SecretBox& secrets) {
  if (depth > kDeepest) return;
  if (json.is_string() && is_secret_name(name)) secrets.add(name, json.get<std::string>());
  if (json.is_number() && is_secret_name(name)) secrets.add(name, json.dump());
  if (json.is_array()) {
    for (const Json& item : json) collect(item, name, depth + 1, secrets);
  }
  if (json.is_object()) {
    for (const auto& [key, value] : json.items()) collect(value, key, depth + 1, secrets);
  }
}

std::optional<SketchValue> value_of(const Json& json, const std::string& name, int depth,
                                    const SecretBox& secrets) {
  if (depth > kDeepest) return std::nullopt;
  using Kind = SketchValue::Kind;
  SketchValue value;
  if (json.is_string()) {
    value = {Kind::text, secrets.text(json.get_ref<const std::string&>())};
  } else if (json.is_array()) {
    value.kind = Kind::list;
    for (const Json& item : json) {
      auto made = value_of(item, name, depth + 1, secrets);
      if (!made) return std::nullopt;
      value.items.push_back(std::move(*made));
    }
  } else if (json.is_object()) {
    value.kind = Kind::map;
    for (const auto& [key, member] : json.items()) {
      auto made = value_of(member, key, depth + 1, secrets);
      if (!made || key.find("{{") != std::string::npos) return std::nullopt;
      value.members.emplace_back(key, std::move(*made));
    }
  } else {
    value.text = json.dump();
    const bool is_secret = json.is_number() && is_secret_name(name);
    if (is_secret) value = {Kind::text, secrets.text(value.text)};
  }
  return value;
}

}  // namespace

Result<Json> parse_json(std::string_view text, const std::string& file) {
  try {
    return Json::parse(text);
  } catch (const Json::parse_error& error) {
    const std::size_t byte = error.byte > 0 ? error.byte - 1 : 0;
    const Place place = PlanText(text).place({byte, 1}, file);
    return failure(fmt::format("{}:{}:{}: this is not JSON", file, place.line, place.column));
  }
}

void collect_secrets(const Json& json, SecretBox& secrets) { collect(json, {}, 0, secrets); }

std::optional<SketchValue> sketch_value(const Json& json, const SecretBox& secrets) {
  return value_of(json, {}, 0, secrets);
}

}  // namespace loadgate::reader
