#include "reader/load_document.h"

#include <set>

#include "reader/environment_substitution.h"
#include "reader/yaml_tree.h"

namespace loadgate::reader {
namespace {

// The scalars whose value the command line gives.
std::set<const YamlNode*> replaced_nodes(const YamlNode& root, const Overrides& overrides) {
  std::set<const YamlNode*> nodes;
  const Entry* target = root.find("target");
  if (target != nullptr && overrides.host) nodes.insert(&target->value);
  const Entry* variables = root.find("variables");
  if (variables == nullptr) return nodes;
  for (const auto& [name, value] : overrides.variables) {
    if (const Entry* variable = variables->value.find(name)) nodes.insert(&variable->value);
  }
  return nodes;
}

}  // namespace

std::optional<YamlNode> load_document(const PlanText& text, Draft& draft) {
  std::optional<YamlNode> root = read_yaml(text, draft.problems);
  if (root) {
    substitute_environment(*root, replaced_nodes(*root, draft.overrides), draft.around.environment,
                           draft.problems);
  }
  return root;
}

}  // namespace loadgate::reader
