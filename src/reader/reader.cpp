#include "reader/reader.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <set>

#include "base/text.h"
#include "reader/environment_substitution.h"
#include "reader/keys.h"
#include "reader/read_gate.h"
#include "reader/read_http.h"
#include "reader/read_scenarios.h"
#include "reader/read_stages.h"
#include "reader/read_thresholds.h"
#include "reader/read_variables.h"
#include "reader/values.h"
#include "reader/yaml_tree.h"

namespace loadgate::reader {
namespace {

void read_name(const Field& field, Draft& draft) {
  if (auto name = read_text(field)) draft.plan.name = std::move(*name);
}

// In the order in which keys need each other, whatever the order in the file.
constexpr std::array<Key<Draft>, 21> kPlanKeys{{
    {{"name", "a text", "", "Names the baselines and the reports.", "name: storefront"}, read_name},
    {{"target", "a URL", "", "The service under test.", "target: http://127.0.0.1:8000"},
     read_target},
    {{"http", "a map", "", "How requests are sent.", "http: { timeout: 10s }"}, read_http},
    {{"variables", "a map of names and values", "", "Values for {{ … }}.",
      "variables: { username: testuser }"},
     read_variables},
    {{"secrets", "a list of names of variables", "", "Variables that no output may show.",
      "secrets: [password]"},
     read_secrets},
    {{"stages", "a list of stages", "", "How many users there are, and when.",
      "stages: [{ for: 1m, users: 10 }]"},
     read_stages},
    {{"scenarios", "a list of scenarios", "", "What users do.",
      "scenarios: [{ tasks: [{ get: / }] }]"},
     read_scenarios},
    {{"thresholds", "a list of thresholds", "", "What must hold in any case.",
      "thresholds: [p95 < 200ms]"},
     read_thresholds},
    {{"gate", "a map", "", "What matters when runs are compared.", "gate: { confidence: 99% }"},
     read_gate},
    {{"rating", "a map", "", "The bands of p95 that reports show.",
      "rating: { optimal: 200ms, acceptable: 500ms }"},
     read_rating},
    later<Draft>("start"),
    later<Draft>("ready"),
    later<Draft>("watch"),
    later<Draft>("data"),
    later<Draft>("profiles"),
    later<Draft>("duet"),
    later<Draft>("monitor"),
    later<Draft>("search"),
    later<Draft>("judge"),
    later<Draft>("samples"),
    later<Draft>("include"),
}};

void require(const YamlNode& root, std::string_view key, Draft& draft) {
  if (root.find(key) != nullptr) return;
  const auto row = std::find_if(kPlanKeys.begin(), kPlanKeys.end(),
                                [&](const Key<Draft>& one) { return one.text.name == key; });
  draft.problems.add(root.span, fmt::format("the plan has no \"{}\"", key),
                     fmt::format("for example {}", row->text.example));
}

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

void apply_host(Draft& draft) {
  if (!draft.overrides.host) return;
  auto target = parse_target(*draft.overrides.host);
  if (target) {
    draft.plan.target = std::move(*target);
  } else {
    draft.problems.add_on_command_line("--host: " + target.error().text, target.error().hint);
  }
}

void check_variables_of_command_line(Draft& draft) {
  const auto& known = draft.variable_names;
  for (const auto& [name, value] : draft.overrides.variables) {
    if (std::find(known.begin(), known.end(), name) != known.end()) continue;
    const auto meant = closest(name, known);
    draft.problems.add_on_command_line(fmt::format("--var {}: the plan has no such variable", name),
                                       meant ? fmt::format("did you mean \"{}\"?", *meant)
                                       : known.empty()
                                           ? "it has none at all"
                                           : fmt::format("it has {}", fmt::join(known, ", ")));
  }
}

void read_root(const YamlNode& root, Draft& draft) {
  apply_host(draft);
  require(root, "name", draft);
  if (!draft.overrides.host) require(root, "target", draft);
  if (!draft.overrides.any_stage()) require(root, "stages", draft);
  require(root, "scenarios", draft);
  read_object(root, "a plan", kPlanKeys, draft, draft);
  replace_stages(draft);
  check_variables_of_command_line(draft);
}

}  // namespace

std::string path_from(const std::string& plan_file, const std::string& path) {
  return (std::filesystem::path(plan_file).parent_path() / path).lexically_normal().string();
}

Reading read_plan(std::string_view text, const std::string& file, const Overrides& overrides,
                  const Surroundings& around) {
  Reading reading;
  reading.texts[file] = text;
  Draft draft(reading.texts[file], file, overrides, around);
  draft.plan.file = file;
  std::optional<YamlNode> root = read_yaml(draft.problems.text(), draft.problems);
  if (root) {
    substitute_environment(*root, replaced_nodes(*root, overrides), around.environment,
                           draft.problems);
    read_root(*root, draft);
  }
  reading.problems = draft.problems.take();
  if (reading.problems.empty()) reading.plan = std::move(draft.plan);
  return reading;
}

}  // namespace loadgate::reader
