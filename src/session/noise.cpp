#include "session/noise.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "gate/duet_looks.h"
#include "session/reports.h"

namespace loadgate::session {

Result<NoiseRun> noise(DuetPlans plans, DuetOptions options) {
  options.is_same_build = true;
  Result<JudgedRun> judged = duet(std::move(plans), options);
  if (!judged) return failure(judged.error());
  NoiseRun noise{std::move(judged->run), std::nullopt, std::move(judged->trouble)};
  const auto& epochs = noise.run.duet->epochs;
  const auto counted = std::count_if(epochs.begin(), epochs.end(),
                                     [](const metrics::Epoch& one) { return one.counts(); });
  const gate::Verdict& verdict = judged->summary.verdict;
  const bool is_gone = verdict.duet && !verdict.duet->head_died.empty();
  if (is_gone || !verdict.reasons.empty()) {
    noise.trouble = is_gone ? verdict.duet->head_died : verdict.reasons.front();
  } else if (counted < gate::kFewestEpochs) {
    noise.trouble = fmt::format("{} say nothing about noise: it takes {} and more",
                                loadgate::counted(static_cast<std::size_t>(counted), "epoch"),
                                gate::kFewestEpochs);
  } else {
    noise.study = gate::study_noise(noise.run, kNoiseGates, options.measure.seed);
  }
  return noise;
}

}  // namespace loadgate::session
