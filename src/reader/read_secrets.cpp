#include "reader/read_secrets.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "reader/values.h"

namespace loadgate::reader {
namespace {

constexpr std::string_view kData = "data.";

bool is_captured(std::size_t slot, const plan::Plan& plan) {
  return std::any_of(plan.requests.begin(), plan.requests.end(), [&](const plan::Request& request) {
    return std::any_of(request.captures.begin(), request.captures.end(),
                       [&](const plan::Capture& capture) { return capture.slot == slot; });
  });
}

// A variable's value is known now, a capture's only to the user who holds it.
void hide_slot(std::size_t slot, Draft& draft) {
  plan::Plan& plan = draft.plan;
  for (const plan::Variable& variable : plan.variables) {
    const std::string& text = variable.value.text;
    if (variable.slot == slot && !text.empty()) add_once(text, plan.secrets);
  }
  for (const ShownText& shown : draft.shown_texts) {
    if (shown.slot == slot) add_once(shown.text, plan.secrets);
  }
  if (is_captured(slot, plan)) add_once(slot, plan.secret_slots);
}

void complain(const YamlNode& item, const std::string& text, std::string_view word,
              const std::vector<std::string>& known, std::string otherwise, Draft& draft) {
  const auto meant = closest(word, known);
  draft.problems.add(item.span, text,
                     meant ? fmt::format("did you mean \"{}\"?", *meant) : std::move(otherwise));
}

void hide_field(const YamlNode& item, Draft& draft) {
  const std::string_view behind = std::string_view(item.text).substr(kData.size());
  const std::size_t dot = behind.find('.');
  const std::string_view name = behind.substr(0, dot);
  const auto& all = draft.plan.names.data();
  const auto source =
      std::find_if(all.begin(), all.end(), [&](const auto& one) { return one.name == name; });
  if (source == all.end()) {
    std::vector<std::string> known;
    known.reserve(all.size());
    for (const plan::Names::DataNames& one : all) known.push_back("data." + one.name);
    complain(item, fmt::format("no data is called \"{}\"", name), item.text, known,
             "define it under \"data\"", draft);
    return;
  }
  plan::DataField field{static_cast<std::size_t>(source - all.begin()), plan::DataField::kWhole};
  if (dot != std::string_view::npos && source->is_known) {
    const std::string_view column = behind.substr(dot + 1);
    const auto found = std::find(source->columns.begin(), source->columns.end(), column);
    if (found == source->columns.end()) {
      complain(item, fmt::format("the data \"{}\" has no field \"{}\"", name, column), column,
               source->columns, fmt::format("it has {}", fmt::join(source->columns, ", ")), draft);
      return;
    }
    field.column = static_cast<std::size_t>(found - source->columns.begin());
  }
  add_once(field, draft.plan.secret_fields);
}

void hide(const YamlNode& item, Draft& draft) {
  if (item.kind == YamlNode::Kind::broken) return;
  if (item.kind != YamlNode::Kind::scalar) {
    draft.problems.add(item.span, "a secret is a name", "for example secrets: [password]");
    return;
  }
  if (item.text.starts_with(kData)) {
    hide_field(item, draft);
    return;
  }
  const std::size_t slot = draft.plan.names.find(item.text);
  if (slot != plan::Names::npos) {
    hide_slot(slot, draft);
  } else {
    complain(item, fmt::format("no variable or capture is called \"{}\"", item.written), item.text,
             draft.plan.names.all(), "a field of data is data.NAME.FIELD", draft);
  }
}

constexpr std::array<Choice<bool>, 2> kSamples{{{"bodies", true}, {"none", false}}};

}  // namespace

void read_secrets(const Field& field, Draft& draft) {
  if (!expect(field, YamlNode::Kind::sequence)) return;
  for (const YamlNode& item : field.value().items) hide(item, draft);
}

void read_samples(const Field& field, Draft& draft) {
  draft.plan.keeps_bodies = read_choice(field, kSamples).value_or(true);
}

}  // namespace loadgate::reader
