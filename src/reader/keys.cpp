#include "reader/keys.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "plan/not_yet.h"

namespace loadgate::reader {
namespace {

std::string hint_for(const std::string& unknown, std::span<const KeyName> known) {
  std::vector<std::string> all, supported;
  for (const KeyName& key : known) {
    if (key.refusal.text.empty()) all.emplace_back(key.name);
    if (key.is_supported) supported.emplace_back(key.name);
  }
  if (const auto meant = closest(unknown, all)) return fmt::format("did you mean \"{}\"?", *meant);
  return fmt::format("known here: {}", fmt::join(supported, ", "));
}

}  // namespace

bool expect_map(const YamlNode& node, std::string_view what, Draft& draft) {
  if (node.kind == YamlNode::Kind::map) return true;
  if (node.kind == YamlNode::Kind::broken) return false;
  draft.problems.add(node.span, fmt::format("{} is a map of keys", what));
  return false;
}

void complain_about_unknown_keys(const YamlNode& map, std::span<const KeyName> known,
                                 Draft& draft) {
  for (const Entry& entry : map.entries) {
    const auto key = std::find_if(known.begin(), known.end(),
                                  [&](const KeyName& one) { return one.name == entry.key; });
    if (key == known.end()) {
      draft.problems.add(entry.key_span, fmt::format("unknown key \"{}\"", entry.key),
                         hint_for(entry.key, known));
    } else if (!key->refusal.text.empty()) {
      draft.problems.add(entry.key_span, std::string(key->refusal.text),
                         std::string(key->refusal.hint));
    } else if (!key->is_supported) {
      draft.problems.add(entry.key_span, fmt::format("\"{}\" is not supported yet", entry.key),
                         std::string(plan::kRemoveIt));
    }
  }
}

}  // namespace loadgate::reader
