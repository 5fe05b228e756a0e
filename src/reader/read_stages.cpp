#include "reader/read_stages.h"

#include <algorithm>
#include <array>

#include "reader/stage_reader.h"
#include "reader/values.h"

namespace loadgate::reader {
namespace {

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

}  // namespace loadgate::reader
