#include <nlohmann/json.hpp>

#include "reader/compile.h"
#include "reader/values.h"

namespace loadgate::reader {
namespace {

// Keeps the order in which the plan writes the keys.
using Json = nlohmann::ordered_json;

class JsonBody {
 public:
  JsonBody(const plan::Names& names, Draft& draft) : names_(names), draft_(draft) {}

  Json of(const YamlNode& node) {
    switch (node.kind) {
      case YamlNode::Kind::map:
        return of_map(node);
      case YamlNode::Kind::sequence:
        return of_sequence(node);
      case YamlNode::Kind::scalar:
        return of_scalar(node);
      case YamlNode::Kind::empty:
      case YamlNode::Kind::broken:
        break;
    }
    return nullptr;
  }

 private:
  Json of_map(const YamlNode& node) {
    Json object = Json::object();
    for (const Entry& entry : node.entries) object[entry.key] = of(entry.value);
    return object;
  }

  Json of_sequence(const YamlNode& node) {
    Json array = Json::array();
    for (const YamlNode& item : node.items) array.push_back(of(item));
    return array;
  }

  Json of_scalar(const YamlNode& node) {
    // Compiled here too, where a complaint still knows the place of the text.
    compile(node, node.text, TextKind::body, names_, draft_);
    const auto value = typed_value(node, draft_.problems);
    if (!value) return nullptr;
    return value->kind == plan::Value::Kind::json ? Json::parse(value->text) : Json(value->text);
  }

  const plan::Names& names_;
  Draft& draft_;
};

}  // namespace

plan::Template compile_json_body(const YamlNode& value, const plan::Names& names, Draft& draft) {
  const std::size_t before = draft.problems.size();
  const Json document = JsonBody(names, draft).of(value);
  // A value of the environment may be no UTF-8.
  const std::string text = document.dump(-1, ' ', false, Json::error_handler_t::replace);
  auto made = plan::Template::compile_json(text, names);
  if (made) return std::move(*made);
  // Only a key of an object can be wrong alone.
  if (draft.problems.size() == before) {
    draft.problems.add(value.span, made.error().text, made.error().hint);
  }
  return {};
}

}  // namespace loadgate::reader
