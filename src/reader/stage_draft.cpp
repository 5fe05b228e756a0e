#include "reader/stage_draft.h"

#include <array>

#include "reader/key_tables.h"
#include "reader/values.h"

namespace loadgate::reader {
namespace {

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

}  // namespace

std::optional<StageDraft> read_stage_draft(const YamlNode& node, Draft& draft) {
  StageDraft stage;
  if (!read_object(node, "a stage", kStageKeys, stage, draft)) return std::nullopt;
  return stage;
}

KeyTexts stage_keys() { return texts_of(kStageKeys); }

}  // namespace loadgate::reader
