#include "reader/openapi_document.h"

#include <fmt/format.h>
#include <yaml-cpp/yaml.h>

#include <nlohmann/json.hpp>

#include "base/text.h"
#include "plan/value.h"
#include "reader/sketch_json.h"

namespace loadgate::reader {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t kMostValues = 1'000'000;
constexpr int kDeepest = 200;
constexpr int kMostHops = 32;

const Json kNothing;

class TooLarge : public std::exception {};

// Plain scalars are what YAML's core schema takes them for.
Json json_of_scalar(const YAML::Node& node) {
  const std::string& text = node.Scalar();
  if (node.Tag() != "?") return valid_utf8(text);
  const std::string word = lower(text);
  if (word == "true" || word == "false") return word == "true";
  if (plan::is_json_number(text)) return Json::parse(text);
  return valid_utf8(text);
}

class Conversion {
 public:
  // Recursive: no deeper than kDeepest, and aliases are written out no more than kMostValues.
  Json of(const YAML::Node& node, int depth = 0) {
    if (depth > kDeepest || ++values_ > kMostValues) throw TooLarge();
    Json json;
    if (node.IsScalar()) return json_of_scalar(node);
    if (node.IsSequence()) {
      json = Json::array();
      for (const YAML::Node& item : node) json.push_back(of(item, depth + 1));
    } else if (node.IsMap()) {
      json = Json::object();
      for (const auto& entry : node) {
        if (!entry.first.IsScalar()) continue;
        json[valid_utf8(entry.first.Scalar())] = of(entry.second, depth + 1);
      }
    }
    return json;
  }

 private:
  std::size_t values_ = 0;
};

Result<Json> read_yaml_document(std::string_view text, const std::string& file) {
  try {
    return Conversion().of(YAML::Load(std::string(text)));
  } catch (const YAML::Exception& error) {
    return failure(fmt::format("{}:{}:{}: this is not YAML: {}", file, error.mark.line + 1,
                               error.mark.column + 1, error.msg));
  } catch (const TooLarge&) {
    return failure(file + ": the description is nested too deep, or repeats itself too often");
  }
}

// "~1" is "/" and "~0" is "~" in JSON pointers (RFC 6901).
std::string unescaped(std::string_view token) {
  std::string out;
  for (std::size_t i = 0; i < token.size(); ++i) {
    const bool is_escape = token[i] == '~' && i + 1 < token.size();
    out += !is_escape ? token[i] : token[++i] == '1' ? '/' : '~';
  }
  return out;
}

const Json& at_pointer(std::string_view pointer, const Json& document) {
  const Json* at = &document;
  for (const std::string_view token : split(pointer, '/')) {
    if (token.empty()) continue;
    if (!at->is_object()) return kNothing;
    const auto found = at->find(unescaped(token));
    if (found == at->end()) return kNothing;
    at = &*found;
  }
  return *at;
}

}  // namespace

Result<Json> read_openapi_document(std::string_view text, const std::string& file) {
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  // yaml-cpp reads most JSON, but no surrogate pairs.
  return trimmed(text).starts_with('{') ? parse_json(text, file) : read_yaml_document(text, file);
}

const Json& resolved(const Json& part, const Json& document) {
  const Json* at = &part;
  for (int hop = 0; hop < kMostHops; ++hop) {
    if (!at->is_object()) return *at;
    const auto reference = at->find("$ref");
    if (reference == at->end() || !reference->is_string()) return *at;
    const auto& target = reference->get_ref<const std::string&>();
    if (!target.starts_with("#/")) return kNothing;
    at = &at_pointer(std::string_view(target).substr(2), document);
  }
  return kNothing;
}

const Json& member(const Json& object, std::string_view key, const Json& document) {
  if (!object.is_object()) return kNothing;
  const auto found = object.find(std::string(key));
  return found == object.end() ? kNothing : resolved(*found, document);
}

std::string text_member(const Json& object, std::string_view key, const Json& document) {
  const Json& value = member(object, key, document);
  return value.is_string() ? value.get<std::string>() : std::string();
}

}  // namespace loadgate::reader
