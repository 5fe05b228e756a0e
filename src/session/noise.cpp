#include "session/noise.h"

#include <fmt/format.h>

#include <algorithm>

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
  if (!noise.run.health.invalid.empty()) {
    noise.trouble = noise.run.health.invalid.front();
  } else if (counted < gate::kFewestEpochs) {
    noise.trouble = fmt::format("{} epochs say nothing about noise: it takes {} and more", counted,
                                gate::kFewestEpochs);
  } else {
    noise.study = gate::study_noise(noise.run, kNoiseGates, options.measure.seed);
  }
  return noise;
}

}  // namespace loadgate::session
