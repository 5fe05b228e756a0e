#include "reader/read_stages.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/units.h"
#include "reader/key_tables.h"
#include "reader/values.h"

namespace loadgate::reader {
namespace {

constexpr unsigned kMostUsers = 1'000'000;
constexpr double kHighestRate = 1'000'000;
constexpr unsigned kUsualPool = 1000;

// What one stage says, before it is known when it begins and from which level.
struct StageDraft {
  const Entry* name = nullptr;
  const Entry* length = nullptr;  // `for`
  const Entry* until = nullptr;
  const Entry* users = nullptr;
  const Entry* rate = nullptr;
  const Entry* max_users = nullptr;
  const Entry* ramp = nullptr;
  const Entry* spawn_rate = nullptr;
  std::optional<std::string> name_text;
  std::optional<Nanoseconds> length_value, until_value, ramp_value;
  std::optional<double> rate_value, spawn_rate_value;
  std::optional<unsigned> users_value, max_users_value;
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
void read_arrivals(const Field& field, StageDraft& stage) {
  stage.rate = &field.entry;
  stage.rate_value = read_rate(field);
  if (stage.rate_value.value_or(0) <= kHighestRate) return;
  field.complain(fmt::format("\"rate\" cannot be {}", field.value().written),
                 fmt::format("write at most {}/s", kHighestRate));
}
void read_max_users(const Field& field, StageDraft& stage) {
  stage.max_users = &field.entry;
  stage.max_users_value = read_whole_number(field, 1, kMostUsers);
}
void read_ramp(const Field& field, StageDraft& stage) {
  stage.ramp = &field.entry;
  stage.ramp_value = read_duration(field);
}
void read_spawn_rate(const Field& field, StageDraft& stage) {
  stage.spawn_rate = &field.entry;
  const auto rate = read_rate(field);
  if (rate && *rate <= 0) {
    field.complain("\"spawn_rate\" must be more than 0",
                   "leave it out to hold the users there are, or to have all at once");
  } else {
    stage.spawn_rate_value = rate;
  }
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
    {{"rate", "a rate", "",
      "Instead of `users`: how many iterations arrive once the ramp is over, whether or not "
      "earlier ones are done.",
      "rate: 20/s"},
     read_arrivals},
    {{"max_users", "a whole number", "1000",
      "With `rate`: how many users there are at most to take arrivals.", "max_users: 200"},
     read_max_users},
    {{"ramp", "a duration", "0s",
      "How long it takes to reach that many users or that rate, evenly.", "ramp: 10s"},
     read_ramp},
    {{"spawn_rate", "a rate", "",
      "Instead of `ramp`, with `users`: how fast users start or retire.", "spawn_rate: 2/s"},
     read_spawn_rate},
    {{"warmup", "true or false", "false", "Whether the stage is left out of the verdict.",
      "warmup: true"},
     read_warmup},
}};

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
    check_level(node, stage);
    set_level(stage, made);
    const auto duration = duration_of(node, stage);
    made.duration = duration.value_or(Nanoseconds{});
    made.ramp = ramp_of(stage, duration);
    is_level_known_ = stage.users_value || stage.rate_value;
    draft_.spawn_rates.push_back(stage.spawn_rate_value.value_or(0));
    draft_.plan.stages.push_back(std::move(made));
  }

 private:
  void complain(const YamlNode& node, std::string text, std::string hint = {}) {
    draft_.problems.add(node.span, std::move(text), std::move(hint));
  }
  void complain_about_key(const Entry& entry, std::string text, std::string hint = {}) {
    draft_.problems.add(entry.key_span, std::move(text), std::move(hint));
  }

  void check_name(const StageDraft& stage, const std::string& name) {
    for (const plan::Stage& other : draft_.plan.stages) {
      if (other.name != name || stage.name == nullptr) continue;
      complain(stage.name->value, fmt::format("there are two stages called \"{}\"", name),
               fmt::format("the first stands in line {}", other.place.line));
    }
  }

  void check_level(const YamlNode& node, const StageDraft& stage) {
    if (stage.users != nullptr && stage.rate != nullptr) {
      complain_about_key(*stage.rate, "a stage has either \"users\" or \"rate\"",
                         "\"users\" act one request after the other, \"rate\" is what arrives");
    } else if (stage.users == nullptr && stage.rate == nullptr) {
      complain(node, "the stage does not say how much load it gives",
               "for example users: 50, or rate: 20/s");
    } else if (stage.rate != nullptr && stage.spawn_rate != nullptr) {
      complain_about_key(*stage.spawn_rate, "\"spawn_rate\" has no meaning without \"users\"",
                         "write how long the climb takes, for example ramp: 10s");
    } else if (stage.users != nullptr && stage.max_users != nullptr) {
      complain_about_key(*stage.max_users, "\"max_users\" has no meaning without \"rate\"",
                         "\"users\" says how many there are");
    }
  }

  static void set_level(const StageDraft& stage, plan::Stage& made) {
    if (stage.users == nullptr && stage.rate != nullptr) {
      made.load = plan::Load::rate;
      made.rate = stage.rate_value.value_or(0);
      made.max_users = stage.max_users_value.value_or(kUsualPool);
    } else {
      made.users = stage.users_value.value_or(0);
    }
  }

  // Nothing where it is wrong or cannot be known, because an earlier one is wrong.
  std::optional<Nanoseconds> duration_of(const YamlNode& node, const StageDraft& stage) {
    if (stage.length != nullptr && stage.until != nullptr) {
      complain_about_key(*stage.until, "a stage has either \"for\" or \"until\"",
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
      complain_about_key(*stage.spawn_rate, "a stage has either \"ramp\" or \"spawn_rate\"",
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
    if (!stage.spawn_rate_value || !stage.users_value || !is_level_known_) return {};
    return ramp_by_spawn_rate(stage, duration);
  }

  Nanoseconds ramp_by_spawn_rate(const StageDraft& stage, std::optional<Nanoseconds> duration) {
    const auto& stages = draft_.plan.stages;
    const unsigned before = users_after(stages.empty() ? nullptr : &stages.back());
    const Nanoseconds ramp = ramp_at(*stage.spawn_rate_value, before, *stage.users_value);
    if (duration && ramp > *duration) {
      complain(stage.spawn_rate->value,
               fmt::format("from {} to {} users at {} takes {}, longer than the stage of {}",
                           before, *stage.users_value, stage.spawn_rate->value.written,
                           format_duration(ramp), format_duration(*duration)));
    }
    return ramp;
  }

  Draft& draft_;
  int number_ = 0;
  Nanoseconds start_{};  // Of the stage to come, if it can be known.
  bool is_start_known_ = true;
  bool is_level_known_ = true;  // That of the stage before.
};

constexpr std::array<Choice<bool>, 2> kJudged{{{"held", false}, {"all", true}}};

}  // namespace

void read_judge(const Field& field, Draft& draft) {
  draft.plan.judges_ramps = read_choice(field, kJudged).value_or(false);
}

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
  if (std::any_of(stages.begin(), stages.end(),
                  [&](const plan::Stage& stage) { return holds_something(stage, draft); })) {
    return;
  }
  const bool judges_ramps = draft.plan.judges_ramps;
  draft.problems.add(field.entry.key_span,
                     judges_ramps ? "every stage is a warmup or without load, so nothing is judged"
                                  : "no stage holds its load, so nothing can be judged",
                     judges_ramps ? "let one be no warmup"
                                  : "let one that is no warmup last longer than its ramp");
}

bool holds_something(const plan::Stage& stage, const Draft& draft) {
  if (stage.is_warmup) return false;
  // A stage that climbs down to nothing still has load on its way.
  if (draft.plan.judges_ramps) return !stage.is_idle() || stage.ramp.count() > 0;
  return !stage.is_idle() && stage.duration > stage.ramp;
}

Nanoseconds ramp_at(double rate, unsigned from, unsigned to) {
  return from_seconds((to > from ? to - from : from - to) / rate);
}

unsigned users_after(const plan::Stage* previous) {
  return previous == nullptr || previous->is_open() ? 0 : previous->users;
}

KeyTexts stage_keys() { return texts_of(kStageKeys); }

}  // namespace loadgate::reader
