// What the procedure of a duet promises: thousands of gates on epochs that were never run,
// whose ratios are drawn. Prints the table "What a duet sees" of docs/verdict-rules.md.
//
//   trust_simulate [GATES]      gates for each figure, 1000 without

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <iostream>
#include <numbers>
#include <string>
#include <vector>

#include "base/random.h"
#include "gate/duet_looks.h"
#include "gate/judge.h"
#include "made_duet.h"

namespace loadgate::trust {
namespace {

constexpr std::size_t kNames = 9;  // With the pool twenty latencies.
constexpr std::size_t kSlower = 3;

// How the logarithm of head to base spreads between epochs.
struct World {
  double p50 = 0.025, p95 = 0.07;
  double correlation = 0;  // Of an epoch with the one before.
  double burst_share = 0;  // Of epochs, which spread kBurst times as much.
  std::string epochs = "independent";
};
constexpr double kBurst = 4;

// Of one request of head.
struct Fault {
  double p50 = 1, p95 = 1;
};

double normal(Random& random) {  // Box and Muller (1958).
  const double radius = std::sqrt(-2 * std::log(1 - random.unit()));
  return radius * std::cos(2 * std::numbers::pi * random.unit());
}

// Base stands still and head has all of the spread: the gate sees nothing but the ratio.
class Epochs {
 public:
  Epochs(const World& world, const Fault& fault, std::uint64_t gate)
      : world_(world), fault_(fault), random_(Random::stream(1, gate)) {
    for (auto& one : luck_) one = {normal(random_), normal(random_)};
  }

  gate::MadeSide operator()(std::uint32_t, metrics::Side side) {
    gate::MadeSide made{.levels = {}, .cpu_ms = 0};
    const bool is_head = side == metrics::Side::head;
    if (is_head) step();
    for (std::size_t i = 0; i < kNames; ++i) {
      const double ms = 8 + 4 * static_cast<double>(i);
      gate::Level level{"GET /" + std::to_string(i), ms, 3 * ms, 500, 0};
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

  World world_;
  Fault fault_;
  Random random_;
  std::array<Luck, kNames> luck_;
  double burst_ = 1;
};

struct Count {
  std::size_t failed = 0, inconclusive = 0;
  std::vector<std::size_t> epochs;
};

Count judged(const World& world, const Fault& fault, std::size_t gates) {
  Count count;
  for (std::size_t i = 0; i < gates; ++i) {
    Epochs epochs(world, fault, i);
    const auto draw = [&](std::uint32_t number, metrics::Side side) {
      return epochs(number, side);
    };
    metrics::RunResult run = gate::made_duet(gate::kFewestEpochs, draw);
    while (!gate::is_decided(run)) gate::add_epoch(run, draw);
    const gate::Conclusion conclusion = gate::judge(run, std::nullopt).conclusion;
    count.failed += conclusion == gate::Conclusion::regression ? 1 : 0;
    count.inconclusive += conclusion == gate::Conclusion::inconclusive ? 1 : 0;
    count.epochs.push_back(run.duet->epochs.size());
  }
  std::ranges::sort(count.epochs);
  return count;
}

std::string percent(std::size_t of, std::size_t all) {
  return fmt::format("{:.3g} %", 100 * static_cast<double>(of) / static_cast<double>(all));
}

void print_row(const World& world, std::size_t gates) {
  const Count same = judged(world, {}, gates);
  const Count slower_p50 = judged(world, {.p50 = 1.1}, gates);
  const Count slower_p95 = judged(world, {.p95 = 1.2}, gates);
  std::cout << fmt::format("| {:.3g} % / {:.3g} % | {} | {} | {} | {} | {} | {} |\n",
                           100 * world.p50, 100 * world.p95, world.epochs,
                           percent(same.failed, gates), percent(same.inconclusive, gates),
                           same.epochs[gates / 2], percent(slower_p50.failed, gates),
                           percent(slower_p95.failed, gates))
            << std::flush;
}

}  // namespace
}  // namespace loadgate::trust

int main(int count, char** words) {
  using loadgate::trust::World;
  const std::size_t gates = count > 1 ? std::strtoul(words[1], nullptr, 10) : 1000;
  if (gates == 0) {
    std::cerr << "trust_simulate [GATES]\n";
    return 64;
  }
  std::cout << "| spread p50 / p95 | epochs | false alarms | inconclusive | median epochs | "
               "p50 +10 % found | p95 +20 % found |\n|---|---|---|---|---|---|---|\n";
  for (const World& world : {
           World{},
           World{.p50 = 0.04, .p95 = 0.12},
           World{.correlation = 0.3, .epochs = "each like the one before (r = 0.3)"},
           World{.p50 = 0.04,
           .p95 = 0.12,
           .correlation = 0.3,
           .epochs = "each like the one before (r = 0.3)"},
           World{.burst_share = 0.2, .epochs = "one in five, by chance, spreads 4 times as much"},
       }) {
    loadgate::trust::print_row(world, gates);
  }
}
