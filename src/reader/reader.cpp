#include "reader/reader.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "base/text.h"
#include "reader/include.h"
#include "reader/key_tables.h"
#include "reader/keys.h"
#include "reader/load_document.h"
#include "reader/read_data.h"
#include "reader/read_duet.h"
#include "reader/read_gate.h"
#include "reader/read_http.h"
#include "reader/read_profiles.h"
#include "reader/read_scenarios.h"
#include "reader/read_secrets.h"
#include "reader/read_stages.h"
#include "reader/read_start.h"
#include "reader/read_thresholds.h"
#include "reader/read_variables.h"
#include "reader/read_watch.h"
#include "reader/replace_stages.h"
#include "reader/values.h"

namespace loadgate::reader {
namespace {

void read_name(const Field& field, Draft& draft) {
  if (auto name = read_text(field)) draft.plan.name = std::move(*name);
}

// In the order in which keys need each other, whatever the order in the file.
constexpr std::array<Key<Draft>, 21> kPlanKeys{{
    {{"name", "a text", "", "Names the baselines and the reports.", "name: storefront"}, read_name},
    {{"start", "a map", "", "The service, where loadgate starts and stops it.",
      "start: { command: \"./server --port {{ port }}\" }"},
     read_start},
    {{"target", "a URL", "http://127.0.0.1:{{ port }} with `start`", "The service under test.",
      "target: http://127.0.0.1:8000"},
     read_target},
    {{"ready", "a map", "", "What is waited for before any load.",
      "ready: { get: /status, within: 30s }"},
     read_ready},
    {{"http", "a map", "", "How requests are sent.", "http: { timeout: 10s }"}, read_http},
    // Read before all others, by merge_included().
    {{"include", "a list of paths of files", "",
      "Files whose scenarios, variables and data belong to the plan.", "include: [auth.yaml]"},
     [](const Field&, Draft&) {}},
    {{"variables", "a map of names and values", "", "Values for {{ … }}.",
      "variables: { username: testuser }"},
     read_variables},
    {{"data", "a map of names and sources", "", "Rows of files for {{ data.NAME.FIELD }}.",
      "data: { people: { file: people.csv } }"},
     read_data},
    {{"judge", "one of held, all", "held",
      "Which part of a stage is judged: what follows the ramp, or all of it.", "judge: all"},
     read_judge},
    {{"stages", "a list of stages", "", "How much load there is, and when.",
      "stages: [{ for: 1m, users: 10 }]"},
     read_stages},
    {{"profiles", "a map of names and profiles", "", "Choices among the stages, for --profile.",
      "profiles: { pr: { stages: [warm up, peak] } }"},
     read_profiles},
    {{"scenarios", "a list of scenarios", "", "What users do.",
      "scenarios: [{ tasks: [{ get: / }] }]"},
     read_scenarios},
    {{"secrets", "a list of names", "",
      "Variables, captures and fields of data (data.NAME.FIELD) that no output may show.",
      "secrets: [password]"},
     read_secrets},
    {{"samples", "one of bodies, none", "bodies",
      "Whether failed and slow requests are kept with their bodies.", "samples: none"},
     read_samples},
    {{"thresholds", "a list of thresholds", "", "What must hold in any case.",
      "thresholds: [p95 < 200ms]"},
     read_thresholds},
    {{"gate", "a map", "", "What matters when runs are compared.", "gate: { confidence: 99% }"},
     read_gate},
    {{"rating", "a map", "", "The bands of p95 that reports show.",
      "rating: { optimal: 200ms, acceptable: 500ms }"},
     read_rating},
    {{"watch", "a map of names and processes", "",
      "Whose CPU time and memory count besides what `start` starts.",
      "watch: { db: { process: postgres } }"},
     read_watch},
    {{"duet", "a map", "", "How `loadgate duet` runs base and head side by side.",
      "duet: { rate: 120/s }"},
     read_duet},
    later<Draft>("monitor"),
    later<Draft>("search"),
}};

void require(const YamlNode& root, std::string_view key, Draft& draft) {
  if (root.find(key) != nullptr) return;
  const auto row = std::find_if(kPlanKeys.begin(), kPlanKeys.end(),
                                [&](const Key<Draft>& one) { return one.text.name == key; });
  draft.problems.add(root.span, fmt::format("the plan has no \"{}\"", key),
                     fmt::format("for example {}", row->text.example));
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

void read_root(YamlNode& root, Draft& draft) {
  if (!merge_included(root, draft)) return;
  read_host(draft);
  require(root, "name", draft);
  if (!draft.overrides.host && root.find("start") == nullptr) require(root, "target", draft);
  if (!draft.overrides.any_stage()) require(root, "stages", draft);
  require(root, "scenarios", draft);
  read_object(root, "a plan", kPlanKeys, draft, draft);
  choose_profile(draft);
  replace_stages(draft);
  check_variables_of_command_line(draft);
}

}  // namespace

std::string path_from(const std::string& plan_file, const std::string& path) {
  return (std::filesystem::path(plan_file).parent_path() / path).lexically_normal().string();
}

Reading read_plan(std::string_view text, const std::string& file, const Overrides& overrides,
                  const Surroundings& around) {
  Draft draft(text, file, overrides, around);
  std::optional<YamlNode> root = load_document(draft.problems.text(), draft);
  if (root) read_root(*root, draft);
  Reading reading;
  reading.problems = draft.problems.take();
  reading.texts = std::move(draft.texts);
  if (reading.problems.empty()) reading.plan = std::move(draft.plan);
  return reading;
}

KeyTexts plan_keys() { return texts_of(kPlanKeys); }

}  // namespace loadgate::reader
