#pragma once

// ${X}, ${X:-default}, ${X:?message} and $$: the environment, put into the plan once.
// Messages never show a value, only how the plan names it.

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "reader/problem_list.h"
#include "reader/reader.h"
#include "reader/yaml_node.h"

namespace loadgate::reader {

// Replaces in every scalar below `node`, keys excepted. `untouched` are scalars that the
// command line replaces anyway: for those nothing needs to be set.
void substitute_environment(YamlNode& node, const std::set<const YamlNode*>& untouched,
                            const Environment& environment, ProblemList& problems);

// The defaults of ${X:-default} that `text` shows, whether they are used or not.
std::vector<std::string> defaults_in(std::string_view text);

}  // namespace loadgate::reader
