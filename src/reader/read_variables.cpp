#include "reader/read_variables.h"

#include <fmt/format.h>

#include "reader/environment_substitution.h"
#include "reader/values.h"

namespace loadgate::reader {
namespace {

// What --var says about this variable, in the type the plan gives it; the last one counts.
std::optional<plan::Value> value_from_command_line(const Entry& entry, const Overrides& overrides) {
  std::optional<plan::Value> value;
  for (const auto& [name, text] : overrides.variables) {
    if (name != entry.key) continue;
    const bool is_typed = entry.value.is_plain && plan::is_json_number(text);
    value = {is_typed ? plan::Value::Kind::json : plan::Value::Kind::text, text};
  }
  return value;
}

std::optional<plan::Value> value_from_plan(const Entry& entry, Draft& draft) {
  const YamlNode& node = entry.value;
  if (node.kind == YamlNode::Kind::broken) return std::nullopt;
  if (node.kind != YamlNode::Kind::scalar) {
    draft.problems.add(
        node.span,
        node.kind == YamlNode::Kind::empty
            ? fmt::format("the variable \"{}\" has no value", entry.key)
            : fmt::format("the variable \"{}\" holds more than one value", entry.key),
        "write one text or number");
    return std::nullopt;
  }
  if (const std::size_t open = node.written.find("{{"); open != std::string::npos) {
    draft.problems.add(draft.problems.inside(node, open, 2), "{{ … }} is not replaced in variables",
                       "write it where it is used");
    return std::nullopt;
  }
  return typed_value(node, draft.problems);
}

// A default of ${X:-default}, and what --var replaces: no value of this run, but there to
// be read in the plan that results hold.
void note_shown_texts(const YamlNode& node, std::size_t slot, Draft& draft) {
  std::vector<std::string> texts = defaults_in(node.written);
  if (node.written.find("${") == std::string::npos) texts.push_back(node.text);
  for (std::string& text : texts) {
    if (!text.empty()) draft.shown_texts.push_back({slot, std::move(text)});
  }
}

}  // namespace

bool is_good_variable_name(const Entry& entry, Draft& draft) {
  if (plan::is_variable_name(entry.key)) return true;
  const bool is_taken = entry.key == "user" || entry.key == "iteration" || entry.key == "data";
  draft.problems.add(entry.key_span,
                     is_taken ? fmt::format("\"{}\" is a word of {{{{ … }}}} itself", entry.key)
                              : fmt::format("\"{}\" cannot be used in {{{{ … }}}}", entry.key),
                     is_taken ? "choose another name" : "names have letters, digits and \"_\"");
  return false;
}

void read_variables(const Field& field, Draft& draft) {
  if (!expect(field, YamlNode::Kind::map)) return;
  for (const Entry& entry : field.value().entries) {
    if (!is_good_variable_name(entry, draft)) continue;
    // Declared in any case, so that its uses are no second problem.
    const std::size_t slot = draft.plan.names.declare(entry.key);
    draft.variable_names.push_back(entry.key);
    note_shown_texts(entry.value, slot, draft);
    auto value = value_from_command_line(entry, draft.overrides);
    if (!value) value = value_from_plan(entry, draft);
    if (value) draft.plan.variables.push_back({slot, std::move(*value)});
  }
}

}  // namespace loadgate::reader
