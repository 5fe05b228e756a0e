#include "reader/schema.h"

#include <fmt/format.h>

#include <array>
#include <cassert>
#include <nlohmann/json.hpp>

#include "reader/key_tables.h"
#include "reader/schema_types.h"
#include "reader/yaml_json.h"

namespace loadgate::reader {
namespace {

using Json = nlohmann::ordered_json;

// Which keys hold an object with a table of its own.
struct Link {
  std::string_view table, key, object;
};
constexpr std::array<Link, 14> kLinks{{{"plan", "start", "start"},
                                       {"plan", "ready", "ready"},
                                       {"plan", "http", "http"},
                                       {"plan", "gate", "gate"},
                                       {"plan", "rating", "rating"},
                                       {"plan", "duet", "duet"},
                                       {"http", "tls", "tls"},
                                       {"gate", "detect", "detect"},
                                       {"gate", "floor", "floor"},
                                       {"detect", "stored", "stored"},
                                       {"detect", "duet", "detect_duet"},
                                       {"request", "auth", "auth"},
                                       {"auth", "basic", "basic"},
                                       {"request", "expect", "expect"}}};

// What a key may hold beyond its type.
struct Narrowing {
  std::string_view table, key, rule;
};
constexpr std::string_view kSends = R"({"contains":{"not":{"required":["wait"]}}})";
constexpr std::array<Narrowing, 14> kNarrowings{{
    {"plan", "variables", R"({"propertyNames":{"pattern":
        "^(?!(user|iteration|data)$)[A-Za-z_][A-Za-z0-9_]*$"}})"},
    {"plan", "watch", R"({"propertyNames":{"minLength":1,"not":{"const":"service"}}})"},
    {"plan", "name", R"({"minLength":1})"},
    {"plan", "stages", R"({"minItems":1})"},
    {"plan", "scenarios", R"({"minItems":1})"},
    {"scenario", "tasks", R"({"minItems":1})"},
    {"scenario", "sequence", kSends},
    {"scenario", "weight", R"({"minimum":1,"maximum":1000000})"},
    {"task", "weight", R"({"minimum":1,"maximum":1000000})"},
    {"task", "steps", kSends},
    {"stage", "users", R"({"minimum":0,"maximum":1000000})"},
    {"stage", "max_users", R"({"minimum":1,"maximum":1000000})"},
    {"http", "redirects", R"({"minimum":0,"maximum":50})"},
    {"profile", "stages", R"({"minItems":1,"uniqueItems":true})"},
}};

constexpr std::string_view kNeitherBody =
    R"({"not":{"anyOf":[{"required":["json"]},{"required":["form"]},{"required":["body"]},
        {"required":["file"]},{"required":["multipart"]}]}})";

// What an object's keys demand of each other.
struct Rule {
  std::string_view table, rule;
};
constexpr std::array<Rule, 10> kRules{{
    {"plan", R"({"allOf":[{"anyOf":[{"required":["target"]},{"required":["start"]}]},
                          {"anyOf":[{"required":["scenarios"]},{"required":["include"]}]}]})"},
    {"watch", R"({"minProperties":1,"maxProperties":1})"},
    {"http", R"({"not":{"required":["proxy","unix_socket"]}})"},
    {"tls", R"({"dependencies":{"cert":["key"],"key":["cert"]}})"},
    {"data", R"({"dependencies":{"when_exhausted":{"required":["reuse"],
                 "properties":{"reuse":{"not":{"const":true}}}}}})"},
    {"stage", R"({"allOf":[{"oneOf":[{"required":["users"]},{"required":["rate"]}]},
                           {"oneOf":[{"required":["for"]},{"required":["until"]}]},
                           {"not":{"required":["ramp","spawn_rate"]}}],
                  "dependencies":{"max_users":["rate"],"spawn_rate":["users"]}})"},
    {"scenario", R"({"oneOf":[{"required":["tasks"]},{"required":["sequence"]}]})"},
    {"auth", R"({"oneOf":[{"required":["bearer"]},{"required":["basic"]}]})"},
    {"threshold", R"({"dependencies":{"after":{"required":["abort"],
                      "properties":{"abort":{"not":{"const":false}}}}}})"},
    {"part", "{}"},
}};

constexpr std::array<std::string_view, 7> kMethods{"get",   "head",   "post",   "put",
                                                   "patch", "delete", "options"};
constexpr std::array<std::string_view, 5> kBodies{"json", "form", "body", "file", "multipart"};

Json required(std::string_view key) { return {{"required", Json::array({key})}}; }

// A request has one method and at most one body; `instead` is what is no request.
Json rules_of_item(std::string_view instead) {
  Json one_of = Json::array({required(instead)});
  for (const std::string_view method : kMethods) one_of.push_back(required(method));
  Json all_of = Json::array();
  for (std::size_t i = 0; i < kBodies.size(); ++i) {
    for (std::size_t j = i + 1; j < kBodies.size(); ++j) {
      all_of.push_back({{"not", {{"required", Json::array({kBodies[i], kBodies[j]})}}}});
    }
  }
  Json rules{{"oneOf", std::move(one_of)}, {"allOf", std::move(all_of)}};
  rules["dependencies"]["head"] = Json::parse(kNeitherBody);
  if (instead == "steps") {
    rules["dependencies"]["steps"]["propertyNames"]["enum"] = {"name", "weight", "steps"};
  }
  return rules;
}

std::string_view linked_object(std::string_view table, std::string_view key) {
  for (const Link& link : kLinks) {
    if (link.table == table && link.key == key) return link.object;
  }
  return {};
}

Json example_of(const KeyText& key) {
  Result<Json> example = parse_yaml(key.example, "example");
  assert(example && example->contains(std::string(key.name)));
  return (*example)[std::string(key.name)];
}

std::string description_of(const KeyText& key) {
  std::string text(key.description);
  if (!key.default_value.empty()) text += fmt::format(" Default: {}.", key.default_value);
  return text;
}

// Also what the environment may give: "${USERS}" is a text here and a number there.
void narrow(std::string_view table, std::string_view key, Json& type) {
  for (const Narrowing& narrowing : kNarrowings) {
    if (narrowing.table != table || narrowing.key != key) continue;
    Json& narrowed = type.contains("anyOf") ? type["anyOf"][0] : type;
    narrowed.update(Json::parse(narrowing.rule));
  }
}

Json property_of(std::string_view table, const KeyText& key) {
  Json property{{"description", description_of(key)}, {"examples", Json::array({example_of(key)})}};
  const std::string_view object = linked_object(table, key.name);
  Json type = object.empty() ? schema_of_type(key.type)
                             : Json{{"$ref", fmt::format("#/definitions/{}", object)}};
  narrow(table, key.name, type);
  // Beside a "$ref" draft-07 ignores everything else.
  if (type.contains("$ref")) {
    property["allOf"] = Json::array({std::move(type)});
  } else {
    property.update(type);
  }
  return property;
}

void add_properties(std::string_view table, const KeyTexts& keys, Json& object) {
  for (const KeyText& key : keys) {
    object["properties"][std::string(key.name)] = property_of(table, key);
  }
}

Json object_of(const KeyTable& table) {
  Json object{{"type", "object"}, {"additionalProperties", false}};
  if (!table.required.empty()) object["required"] = table.required;
  add_properties(table.name, table.keys, object);
  if (table.name == "task" || table.name == "step") {
    add_properties("request", request_keys(), object);
    object.update(rules_of_item(table.name == "task" ? "steps" : "wait"));
  }
  for (const Rule& rule : kRules) {
    if (rule.table == table.name) object.update(Json::parse(rule.rule));
  }
  return object;
}

}  // namespace

std::string plan_schema() {
  Json schema{{"$schema", "http://json-schema.org/draft-07/schema#"},
              {"title", "A test plan of loadgate"}};
  Json definitions;
  for (const KeyTable& table : key_tables()) {
    if (table.name == "plan") {
      schema.update(object_of(table));
    } else if (table.name != "request") {
      definitions[table.name] = object_of(table);
    }
  }
  schema["definitions"] = std::move(definitions);
  return schema.dump(2) + "\n";
}

}  // namespace loadgate::reader
