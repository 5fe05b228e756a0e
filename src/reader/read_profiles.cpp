#include "reader/read_profiles.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "base/units.h"
#include "reader/key_tables.h"
#include "reader/ramp.h"
#include "reader/read_stages.h"
#include "reader/values.h"

namespace loadgate::reader {
namespace {

void take_stages(const Field& field, const Entry*& stages) {
  if (expect(field, YamlNode::Kind::sequence)) stages = &field.entry;
}

constexpr std::array<Key<const Entry*>, 1> kProfileKeys{{
    {{"stages", "a list of names of stages", "", "The stages that are run, in this order.",
      "stages: [warm up, peak]"},
     take_stages},
}};

std::vector<std::string> stage_names(const Draft& draft) {
  std::vector<std::string> names;
  for (const plan::Stage& stage : draft.plan.stages) names.push_back(stage.name);
  return names;
}

// The stage's index; complains where it is none.
std::optional<std::size_t> find_stage(const YamlNode& item, Draft& draft) {
  if (item.kind == YamlNode::Kind::broken) return std::nullopt;
  const std::vector<std::string> names = stage_names(draft);
  const auto found = std::find(names.begin(), names.end(), item.text);
  if (item.kind == YamlNode::Kind::scalar && found != names.end()) {
    return static_cast<std::size_t>(found - names.begin());
  }
  // Without any stage the plan has another problem.
  if (names.empty()) return std::nullopt;
  const auto meant = closest(item.text, names);
  draft.problems.add(item.span,
                     item.kind == YamlNode::Kind::scalar
                         ? fmt::format("no stage is called \"{}\"", item.written)
                         : "a profile lists the names of stages",
                     meant ? fmt::format("did you mean \"{}\"?", *meant)
                           : fmt::format("there are: {}", fmt::join(names, ", ")));
  return std::nullopt;
}

// The plan's stages as this profile runs them. A spawn rate makes another ramp where
// another stage comes before.
std::vector<plan::Stage> stages_of(const Profile& profile, const Draft& draft) {
  std::vector<plan::Stage> stages;
  for (const std::size_t index : profile.stages) {
    plan::Stage stage = draft.plan.stages[index];
    if (draft.spawn_rates[index] > 0 && !stage.is_open()) {
      const unsigned before = users_after(stages.empty() ? nullptr : &stages.back());
      stage.ramp = ramp_at(draft.spawn_rates[index], before, stage.users);
    }
    stages.push_back(std::move(stage));
  }
  return stages;
}

void check_ramps(const YamlNode& list, const std::vector<plan::Stage>& stages, Draft& draft) {
  for (std::size_t i = 0; i < stages.size(); ++i) {
    const plan::Stage& stage = stages[i];
    if (stage.ramp <= stage.duration) continue;
    draft.problems.add(list.items[i].span,
                       fmt::format("from {} to {} users takes {} here, longer than the stage of {}",
                                   users_after(i == 0 ? nullptr : &stages[i - 1]), stage.users,
                                   format_duration(stage.ramp), format_duration(stage.duration)),
                       "its spawn_rate counts from the stage before it in the profile");
  }
}

// REQUIRES: all its stages are known, and the plan's stages are sound.
void check_profile(const Entry& list, const Profile& profile, Draft& draft) {
  const std::vector<plan::Stage> stages = stages_of(profile, draft);
  const std::size_t before = draft.problems.size();
  check_ramps(list.value, stages, draft);
  if (draft.problems.size() > before) return;
  const bool judges = std::any_of(stages.begin(), stages.end(), [&](const plan::Stage& stage) {
    return holds_something(stage, draft);
  });
  if (!judges) {
    draft.problems.add(list.key_span,
                       fmt::format("nothing of the profile \"{}\" is judged", profile.name),
                       "name a stage that is no warmup and holds its load");
  }
}

void read_profile(const Entry& entry, Draft& draft) {
  const Entry* list = nullptr;
  // Known in any case, so that --profile is no second problem.
  Profile& profile = draft.profiles.emplace_back(Profile{entry.key, {}});
  if (!read_object(entry.value, "a profile", kProfileKeys, list, draft)) return;
  if (list == nullptr) {
    if (entry.value.find("stages") == nullptr) {
      draft.problems.add(entry.value.span, "the profile has no stages",
                         "for example stages: [warm up, peak]");
    }
    return;
  }
  if (list->value.items.empty()) {
    draft.problems.add(list->value.span, "the profile has no stages",
                       "for example stages: [warm up, peak]");
    return;
  }
  for (const YamlNode& item : list->value.items) {
    const auto index = find_stage(item, draft);
    if (!index) continue;
    if (std::find(profile.stages.begin(), profile.stages.end(), *index) != profile.stages.end()) {
      draft.problems.add(item.span, fmt::format("\"{}\" is listed twice", item.written),
                         "results are told apart by the stage's name");
      continue;
    }
    profile.stages.push_back(*index);
  }
  const bool is_complete = profile.stages.size() == list->value.items.size();
  if (is_complete && draft.has_sound_stages) check_profile(*list, profile, draft);
}

void complain_about_profile(const std::string& name, Draft& draft) {
  std::vector<std::string> known;
  for (const Profile& profile : draft.profiles) known.push_back(profile.name);
  const auto meant = closest(name, known);
  draft.problems.add_on_command_line(
      fmt::format("--profile {}: the plan has no such profile", name),
      meant           ? fmt::format("did you mean \"{}\"?", *meant)
      : known.empty() ? "it has none at all"
                      : fmt::format("it has {}", fmt::join(known, ", ")));
}

}  // namespace

void read_profiles(const Field& field, Draft& draft) {
  if (!expect(field, YamlNode::Kind::map)) return;
  for (const Entry& entry : field.value().entries) read_profile(entry, draft);
}

void choose_profile(Draft& draft) {
  if (!draft.overrides.profile) return;
  const auto chosen =
      std::find_if(draft.profiles.begin(), draft.profiles.end(),
                   [&](const Profile& one) { return one.name == *draft.overrides.profile; });
  if (chosen == draft.profiles.end()) {
    complain_about_profile(*draft.overrides.profile, draft);
    return;
  }
  draft.plan.stages = stages_of(*chosen, draft);
  const std::vector<std::string> names = stage_names(draft);
  std::erase_if(draft.plan.thresholds, [&](const plan::Threshold& threshold) {
    return !threshold.stage.empty() &&
           std::find(names.begin(), names.end(), threshold.stage) == names.end();
  });
}

KeyTexts profile_keys() { return texts_of(kProfileKeys); }

}  // namespace loadgate::reader
