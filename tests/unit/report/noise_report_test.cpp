#include "report/noise_report.h"

#include <gtest/gtest.h>

namespace loadgate::report {
namespace {

TEST(NoiseReport, SaysFalseAlarmsNoiseAndWhatToAskFor) {
  gate::NoiseStudy study;
  study.epochs = 20;
  study.gates = 500;
  study.failed = 2;
  study.inconclusive = 40;
  study.median_epochs = 10;
  study.fail_high = 0.45;
  study.noise = {
      {"all requests", gate::ComparedMetric::p50, gate::Weight::deciding, 8.05e6, 0.03, 0.07},
      {"GET /rare", gate::ComparedMetric::p95, gate::Weight::shown, 8e6, 0.9, 2}};
  study.proposals = {{gate::ComparedMetric::cpu_per_request, 0.10, 0.05},
                     {gate::ComparedMetric::p95, 0.20, 0.35}};
  metrics::Duet duet;
  duet.rate = 120;
  duet.epoch_length = std::chrono::seconds(8);
  EXPECT_EQ(render_noise(study, duet, {.color = false, .width = 100}),
            R"(Noise: 20 epochs of 8s, 120/s for each side
  500 gates drawn from 20 epochs of one build against itself: 2 failed (0.40 %), 40 were
  inconclusive (8.0 %); half of them were over after 10 epochs.
  False alarms, as far as so few epochs can tell: 0 % to 45 % of gates (95 % limits). More --epochs
  make that narrower.

What differs between two runs of one build
  request       metric    level  an epoch   sees
  all requests  p50     8.05 ms   ± 3.0 %  ×1.07
  "an epoch": the spread of the difference in one epoch; "sees": the smallest rise that 20 epochs
  fail.

What this plan can ask for on this machine
  CPU per request: 5 % (the plan's 10 % is within reach)
  p95: 35 % (the plan says 20 %, which would often be inconclusive here)
  gate: { detect: { duet: { cpu_per_request: 5%, p95: 35% } } }
)");
}

}  // namespace
}  // namespace loadgate::report
