#pragma once

// Duets whose epochs are drawn from a seed: what the procedure promises, without any load.
// Also for bench/trust/simulate. One thread.

#include <array>
#include <cmath>
#include <cstdint>
#include <string>

#include "base/random.h"
#include "gate/duet_looks.h"
#include "made_duet.h"
#include "normal.h"

namespace loadgate::gate {

// How the logarithm of head to base spreads between epochs.
struct DrawnWorld {
  double p50 = 0.025, p95 = 0.07;
  double correlation = 0;  // Of an epoch with the one before.
  double burst_share = 0;  // Of epochs, which spread kBurst times as much.
};

// Of one request of head.
struct DrawnFault {
  double p50 = 1, p95 = 1;
};

// Base stands still and head has all of the spread: the gate sees nothing but the ratio.
class DrawnEpochs {
 public:
  static constexpr std::size_t kNames = 9;  // With the pool twenty latencies.

  DrawnEpochs(const DrawnWorld& world, const DrawnFault& fault, std::uint64_t seed)
      : world_(world), fault_(fault), random_(Random::stream(1, seed)) {
    for (Luck& one : luck_) one = {normal(random_), normal(random_)};
  }

  MadeSide operator()(std::uint32_t, metrics::Side side) {
    MadeSide made{.levels = {}, .cpu_ms = 0};
    const bool is_head = side == metrics::Side::head;
    if (is_head) step();
    for (std::size_t i = 0; i < kNames; ++i) {
      const double ms = 8 + 4 * static_cast<double>(i);
      Level level{"GET /" + std::to_string(i), ms, 3 * ms, 500, 0};
      if (is_head) {
        level.p50_ms *= std::exp(world_.p50 * burst_ * luck_[i].p50);
        level.p95_ms *= std::exp(world_.p95 * burst_ * luck_[i].p95);
      }
      if (is_head && i == kSlower) {
        level.p50_ms *= fault_.p50;
        level.p95_ms *= fault_.p95;
      }
      made.levels.push_back(level);
    }
    return made;
  }

 private:
  static constexpr std::size_t kSlower = 3;
  static constexpr double kBurst = 4;
  struct Luck {
    double p50 = 0, p95 = 0;
  };

  void step() {
    const double keep = world_.correlation, fresh = std::sqrt(1 - keep * keep);
    for (Luck& one : luck_) {
      one = {keep * one.p50 + fresh * normal(random_), keep * one.p95 + fresh * normal(random_)};
    }
    burst_ = random_.unit() < world_.burst_share ? kBurst : 1;
  }

  DrawnWorld world_;
  DrawnFault fault_;
  Random random_;
  std::array<Luck, kNames> luck_;
  double burst_ = 1;
};

// Until the duet is decided.
inline metrics::RunResult drawn_duet(DrawnEpochs epochs) {
  const auto draw = [&](std::uint32_t number, metrics::Side side) { return epochs(number, side); };
  metrics::RunResult run = made_duet(kFewestEpochs, draw);
  while (!is_decided(run)) add_epoch(run, draw);
  return run;
}

}  // namespace loadgate::gate
