#pragma once

// Text becomes a tree, by yaml-cpp's events. Its nodes would lose the places of nulls
// and aliases, and accept duplicate keys in silence.

#include <optional>

#include "reader/plan_text.h"
#include "reader/problem_list.h"
#include "reader/yaml_node.h"

namespace loadgate::reader {

// The one document of `text`, a map. Nothing where the text is no YAML at all; where only
// parts are wrong the tree comes with problems. Bounded: at most 100,000 values (longer
// text counts for more) once aliases are written out, 64 levels deep.
std::optional<YamlNode> read_yaml(const PlanText& text, ProblemList& problems);

}  // namespace loadgate::reader
