#include "reader/openapi_document.h"

#include <nlohmann/json.hpp>

#include "base/text.h"
#include "reader/sketch_json.h"
#include "reader/yaml_json.h"

namespace loadgate::reader {
namespace {

using Json = nlohmann::ordered_json;

constexpr int kMostHops = 32;

const Json kNothing;

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
  return trimmed(text).starts_with('{') ? parse_json(text, file) : parse_yaml(text, file);
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
