#pragma once

// One file of a plan: its text becomes a tree whose ${…} are replaced.

#include <optional>

#include "reader/draft.h"

namespace loadgate::reader {

// `text` is one of the draft's. Nothing where it is no YAML; where only parts are wrong
// the tree comes with problems.
std::optional<YamlNode> load_document(const PlanText& text, Draft& draft);

}  // namespace loadgate::reader
