#include "reader/stage_reader.h"

#include <fmt/format.h>

#include <utility>

#include "base/units.h"
#include "reader/ramp.h"

namespace loadgate::reader {
namespace {

constexpr unsigned kUsualPool = 1000;

void set_level(const StageDraft& stage, plan::Stage& made) {
  if (stage.users == nullptr && stage.rate != nullptr) {
    made.load = plan::Load::rate;
    made.rate = stage.rate_value.value_or(0);
    made.max_users = stage.max_users_value.value_or(kUsualPool);
  } else {
    made.users = stage.users_value.value_or(0);
  }
}

}  // namespace

void StageReader::read(const YamlNode& node) {
  ++number_;
  const std::optional<StageDraft> said = read_stage_draft(node, draft_);
  if (!said) {
    is_start_known_ = false;
    return;
  }
  const StageDraft& stage = *said;
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

void StageReader::complain(const YamlNode& node, std::string text, std::string hint) {
  draft_.problems.add(node.span, std::move(text), std::move(hint));
}
void StageReader::complain_about_key(const Entry& entry, std::string text, std::string hint) {
  draft_.problems.add(entry.key_span, std::move(text), std::move(hint));
}

void StageReader::check_name(const StageDraft& stage, const std::string& name) {
  for (const plan::Stage& other : draft_.plan.stages) {
    if (other.name != name || stage.name == nullptr) continue;
    complain(stage.name->value, fmt::format("there are two stages called \"{}\"", name),
             fmt::format("the first stands in line {}", other.place.line));
  }
}

void StageReader::check_level(const YamlNode& node, const StageDraft& stage) {
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

// Nothing where it is wrong or cannot be known, because an earlier one is wrong.
std::optional<Nanoseconds> StageReader::duration_of(const YamlNode& node, const StageDraft& stage) {
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

std::optional<Nanoseconds> StageReader::length_until(const StageDraft& stage) {
  if (!is_start_known_) return std::nullopt;
  if (*stage.until_value > start_) return *stage.until_value - start_;
  complain(
      stage.until->value,
      fmt::format("the stage ends at {}, before it begins", format_duration(*stage.until_value)),
      fmt::format("the stage before ends at {}", format_duration(start_)));
  return std::nullopt;
}

Nanoseconds StageReader::ramp_of(const StageDraft& stage, std::optional<Nanoseconds> duration) {
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

Nanoseconds StageReader::ramp_by_spawn_rate(const StageDraft& stage,
                                            std::optional<Nanoseconds> duration) {
  const auto& stages = draft_.plan.stages;
  const unsigned before = users_after(stages.empty() ? nullptr : &stages.back());
  const Nanoseconds ramp = ramp_at(*stage.spawn_rate_value, before, *stage.users_value);
  if (duration && ramp > *duration) {
    complain(stage.spawn_rate->value,
             fmt::format("from {} to {} users at {} takes {}, longer than the stage of {}", before,
                         *stage.users_value, stage.spawn_rate->value.written, format_duration(ramp),
                         format_duration(*duration)));
  }
  return ramp;
}

}  // namespace loadgate::reader
