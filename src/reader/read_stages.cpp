#include "reader/read_stages.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/units.h"
#include "reader/values.h"

namespace loadgate::reader {
namespace {

constexpr unsigned kMostUsers = 1'000'000;

// What one stage says, before it is known when it begins and how many users there are.
struct StageDraft {
  const Entry* name = nullptr;
  const Entry* length = nullptr;  // `for`
  const Entry* until = nullptr;
  const Entry* users = nullptr;
  const Entry* ramp = nullptr;
  const Entry* spawn_rate = nullptr;
  std::optional<std::string> name_text;
  std::optional<Nanoseconds> length_value, until_value, ramp_value;
  std::optional<double> rate_value;
  std::optional<unsigned> users_value;
  bool is_warmup = false;
};

void read_name(const Field& field, StageDraft& stage) {
  stage.name = &field.entry;
  stage.name_text = read_text(field);
}
void read_for(const Field& field, StageDraft& stage) {
  stage.length = &field.entry;
  stage.length_value = read_positive_duration(field);
}
void read_until(const Field& field, StageDraft& stage) {
  stage.until = &field.entry;
  stage.until_value = read_positive_duration(field);
}
void read_users(const Field& field, StageDraft& stage) {
  stage.users = &field.entry;
  stage.users_value = read_whole_number(field, 0, kMostUsers);
}
void read_ramp(const Field& field, StageDraft& stage) {
  stage.ramp = &field.entry;
  stage.ramp_value = read_duration(field);
}
void read_spawn_rate(const Field& field, StageDraft& stage) {
  stage.spawn_rate = &field.entry;
  stage.rate_value = read_rate(field);
}
void read_warmup(const Field& field, StageDraft& stage) {
  stage.is_warmup = read_bool(field).value_or(false);
}

constexpr std::array<Key<StageDraft>, 9> kStageKeys{{
    {{"name", "a text", "stage 1, stage 2, …", "How reports and thresholds call the stage.",
      "name: peak"},
     read_name},
    {{"for", "a duration", "", "How long the stage lasts, its ramp included.", "for: 2m"},
     read_for},
    {{"until", "a duration", "", "Instead of `for`: when it ends, from the start of the run.",
      "until: 5m"},
     read_until},
    {{"users", "a whole number", "", "How many users there are once the ramp is over.",
      "users: 50"},
     read_users},
    {{"ramp", "a duration", "0s", "How long it takes to reach that many users, evenly.",
      "ramp: 10s"},
     read_ramp},
    {{"spawn_rate", "a rate", "", "Instead of `ramp`: how fast users start or retire.",
      "spawn_rate: 2/s"},
     read_spawn_rate},
    {{"warmup", "true or false", "false", "Whether the stage is left out of the verdict.",
      "warmup: true"},
     read_warmup},
    later<StageDraft>("rate"),
    later<StageDraft>("max_users"),
}};

Nanoseconds ramp_at(double rate, unsigned from, unsigned to) {
  return from_seconds((to > from ? to - from : from - to) / rate);
}

// Turns drafts into stages, one after the other.
class StageReader {
 public:
  explicit StageReader(Draft& draft) : draft_(draft) {}

  void read(const YamlNode& node) {
    ++number_;
    StageDraft stage;
    if (!read_object(node, "a stage", kStageKeys, stage, draft_)) {
      is_start_known_ = false;
      return;
    }
    plan::Stage made;
    made.name = stage.name_text.value_or(fmt::format("stage {}", number_));
    made.is_warmup = stage.is_warmup;
    made.place = draft_.problems.place(stage.name == nullptr ? node.span : stage.name->value.span);
    check_name(stage, made.name);
    made.users = level(node, stage);
    const auto duration = duration_of(node, stage);
    made.duration = duration.value_or(Nanoseconds{});
    made.ramp = ramp_of(stage, duration);
    previous_users_ = stage.users_value;
    draft_.plan.stages.push_back(std::move(made));
  }

 private:
  void complain(const YamlNode& node, std::string text, std::string hint = {}) {
    draft_.problems.add(node.span, std::move(text), std::move(hint));
  }

  void check_name(const StageDraft& stage, const std::string& name) {
    for (const plan::Stage& other : draft_.plan.stages) {
      if (other.name != name || stage.name == nullptr) continue;
      complain(stage.name->value, fmt::format("there are two stages called \"{}\"", name),
               fmt::format("the first stands in line {}", other.place.line));
    }
  }

  unsigned level(const YamlNode& node, const StageDraft& stage) {
    if (stage.users == nullptr && node.find("rate") == nullptr) {
      complain(node, "the stage does not say how many users it has", "for example users: 50");
    }
    return stage.users_value.value_or(0);
  }

  // Nothing where it is wrong or cannot be known, because an earlier one is wrong.
  std::optional<Nanoseconds> duration_of(const YamlNode& node, const StageDraft& stage) {
    if (stage.length != nullptr && stage.until != nullptr) {
      draft_.problems.add(stage.until->key_span, "a stage has either \"for\" or \"until\"",
                          "\"for\" is its length, \"until\" the time since the start");
      is_start_known_ = false;
      return std::nullopt;
    }
    if (stage.length == nullptr && stage.until == nullptr) {
      complain(node, "the stage does not say how long it lasts", "for example for: 2m");
    }
    auto duration = stage.length_value;
    if (stage.until_value) duration = length_until(stage);
    // Where an `until` is given the end is known, whatever came before.
    is_start_known_ = stage.until_value || (is_start_known_ && duration);
    start_ = stage.until_value.value_or(start_ + duration.value_or(Nanoseconds{}));
    return duration;
  }

  std::optional<Nanoseconds> length_until(const StageDraft& stage) {
    if (!is_start_known_) return std::nullopt;
    if (*stage.until_value > start_) return *stage.until_value - start_;
    complain(
        stage.until->value,
        fmt::format("the stage ends at {}, before it begins", format_duration(*stage.until_value)),
        fmt::format("the stage before ends at {}", format_duration(start_)));
    return std::nullopt;
  }

  Nanoseconds ramp_of(const StageDraft& stage, std::optional<Nanoseconds> duration) {
    if (stage.ramp != nullptr && stage.spawn_rate != nullptr) {
      draft_.problems.add(stage.spawn_rate->key_span,
                          "a stage has either \"ramp\" or \"spawn_rate\"",
                          "\"ramp\" is how long the climb takes, \"spawn_rate\" how steep it is");
      return {};
    }
    if (stage.ramp_value) {
      if (duration && *stage.ramp_value > *duration) {
        complain(stage.ramp->value,
                 fmt::format("the ramp of {} is longer than its stage of {}",
                             format_duration(*stage.ramp_value), format_duration(*duration)));
      }
      return *stage.ramp_value;
    }
    if (!stage.rate_value || !stage.users_value || !previous_users_) return {};
    return ramp_by_rate(stage, duration);
  }

  Nanoseconds ramp_by_rate(const StageDraft& stage, std::optional<Nanoseconds> duration) {
    const Nanoseconds ramp = ramp_at(*stage.rate_value, *previous_users_, *stage.users_value);
    if (duration && ramp > *duration) {
      complain(stage.spawn_rate->value,
               fmt::format("from {} to {} users at {} takes {}, longer than the stage of {}",
                           *previous_users_, *stage.users_value, stage.spawn_rate->value.written,
                           format_duration(ramp), format_duration(*duration)));
    }
    return ramp;
  }

  Draft& draft_;
  int number_ = 0;
  Nanoseconds start_{};  // Of the stage to come, if it can be known.
  bool is_start_known_ = true;
  std::optional<unsigned> previous_users_ = 0;
};

}  // namespace

void read_stages(const Field& field, Draft& draft) {
  if (!expect(field, YamlNode::Kind::sequence)) return;
  const YamlNode& list = field.value();
  const std::size_t before = draft.problems.size();
  StageReader reader(draft);
  for (const YamlNode& item : list.items) reader.read(item);
  if (list.items.empty())
    field.complain("there are no stages", "for example { for: 1m, users: 10 }");
  draft.has_sound_stages = draft.problems.size() == before;
  if (!draft.has_sound_stages || draft.overrides.any_stage()) return;
  const auto& stages = draft.plan.stages;
  if (std::none_of(stages.begin(), stages.end(), holds_something)) {
    draft.problems.add(field.entry.key_span, "no stage holds its users, so nothing can be judged",
                       "let one that is no warmup last longer than its ramp");
  }
}

bool holds_something(const plan::Stage& stage) {
  return !stage.is_warmup && stage.users > 0 && stage.duration > stage.ramp;
}

void replace_stages(Draft& draft) {
  const Overrides& asked = draft.overrides;
  if (!asked.any_stage()) return;
  plan::Stage stage;
  stage.name = "command line";
  stage.place.file = "command line";
  stage.users = asked.users.value_or(1);
  stage.duration = asked.run_time.value_or(draft.plan.length());
  if (asked.spawn_rate && *asked.spawn_rate > 0)
    stage.ramp = ramp_at(*asked.spawn_rate, 0, stage.users);
  if (stage.users == 0 || stage.users > kMostUsers) {
    draft.problems.add_on_command_line(fmt::format("--users cannot be {}", stage.users),
                                       fmt::format("write a number from 1 to {}", kMostUsers));
  } else if (asked.spawn_rate && *asked.spawn_rate <= 0) {
    draft.problems.add_on_command_line("--spawn-rate must be more than 0", "for example 5/s");
  } else if (asked.run_time && asked.run_time->count() <= 0) {
    draft.problems.add_on_command_line("--run-time must be longer than 0", "for example 5m");
  } else if (!asked.run_time && draft.plan.stages.empty()) {
    draft.problems.add_on_command_line(
        "--run-time is missing: the plan has no stages to take it from",
        "for example --run-time 5m");
  } else if (stage.duration.count() == 0) {
    // The plan's own stages are wrong, which is said already.
  } else if (stage.ramp >= stage.duration) {
    draft.problems.add_on_command_line(
        fmt::format("{} users at this --spawn-rate take {} to start, and the run lasts {}",
                    stage.users, format_duration(stage.ramp), format_duration(stage.duration)),
        "a longer --run-time or a higher --spawn-rate leaves something to judge");
  }
  draft.plan.stages.clear();
  draft.plan.stages.push_back(std::move(stage));
}

}  // namespace loadgate::reader
