#include "reader/yaml_json.h"

#include <fmt/format.h>
#include <yaml-cpp/yaml.h>

#include <exception>
#include <nlohmann/json.hpp>

#include "base/text.h"
#include "plan/value.h"

namespace loadgate::reader {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t kMostValues = 1'000'000;
constexpr int kDeepest = 200;

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

}  // namespace

Result<Json> parse_yaml(std::string_view text, const std::string& file) {
  try {
    return Conversion().of(YAML::Load(std::string(text)));
  } catch (const YAML::Exception& error) {
    return failure(fmt::format("{}:{}:{}: this is not YAML: {}", file, error.mark.line + 1,
                               error.mark.column + 1, error.msg));
  } catch (const TooLarge&) {
    return failure(file + ": the description is nested too deep, or repeats itself too often");
  }
}

}  // namespace loadgate::reader
