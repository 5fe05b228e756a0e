#include "session/duet_rate.h"

#include <algorithm>
#include <cmath>

namespace loadgate::session {
namespace {

constexpr Nanoseconds kTrial = std::chrono::seconds(4);
constexpr Nanoseconds kTrialWarmup = std::chrono::seconds(1);
constexpr int kMostTrials = 4;
constexpr double kFirstRate = 10;  // Where the plan has users: nothing is known yet.
// Aimed at, so that noise in a trial does not end above the limit.
constexpr double kWantedBusy = 0.5;
// From one trial to the next: a trial of few requests foretells little.
constexpr double kMostRise = 20;

struct Seen {
  double busy = 0;
  Nanoseconds iteration{};  // Of head, on average.
  bool is_overloaded = false;
};

// The share of the machine that builds and generator take; what else runs there does not
// become less with the load. Of all that runs where the builds cannot be watched.
double busy_with(const metrics::Epoch& epoch) {
  const auto shares = metrics::shares_within(epoch.machine, epoch.held);
  if (!shares) return 0;
  const auto base = metrics::cpu_within(epoch.base.use, epoch.held);
  const auto head = metrics::cpu_within(epoch.head.use, epoch.held);
  if (!base || !head || epoch.machine.cores == 0) return shares->busy;
  return seconds(*base + *head) / seconds(epoch.held.length()) / epoch.machine.cores + shares->own;
}

Seen see(const EpochRun& run) {
  Seen seen;
  seen.busy = busy_with(run.epoch);
  Nanoseconds spent{};
  for (const metrics::Series& series : run.epoch.head.series) {
    spent += series.all.response_times.mean() * static_cast<std::int64_t>(series.all.requests);
  }
  const metrics::Health& health = run.head.health;
  if (health.arrivals > 0) seen.iteration = spent / static_cast<std::int64_t>(health.arrivals);
  seen.is_overloaded = !health.invalid.empty() || health.dropped * 100 > health.arrivals;
  return seen;
}

// Two digits, so that people can say it and type it.
double rounded(double rate) {
  const double unit = std::pow(10, std::floor(std::log10(rate)) - 1);
  return std::max(unit, std::floor(rate / unit) * unit);
}

}  // namespace

FoundRate find_rate(SideBySide& builds, const plan::Plan& plan) {
  FoundRate found;
  double rate = main_stage(plan).is_open() ? main_stage(plan).rate : kFirstRate;
  found.rate = rate;
  for (int trial = 0; trial < kMostTrials; ++trial) {
    EpochRun run = builds.trial({rate, kTrial, kTrialWarmup});
    found.trouble = run.trouble;
    found.is_interrupted = run.is_interrupted;
    for (const metrics::EpochSide* side : {&run.epoch.base, &run.epoch.head}) {
      found.start_took = std::max(found.start_took, side->start_took);
    }
    if (!run.epoch.base.died.empty() || !run.epoch.head.died.empty()) {
      found.fatal = std::move(run.epoch);
      return found;
    }
    if (!found.trouble.empty() || found.is_interrupted) return found;
    const Seen seen = see(run);
    found.rate = rate;
    const double wanted = natural_rate(plan, seen.iteration);
    double next = std::min(wanted, rate * kMostRise);
    if (seen.is_overloaded) next = std::min(next, rate / 2);
    if (seen.busy > 0) next = std::min(next, rate * kWantedBusy / seen.busy);
    next = rounded(next);
    const bool is_near = next > rate * 0.8 && next < rate * 1.25;
    if (is_near && seen.busy <= kMostBusy && !seen.is_overloaded) return found;
    rate = next;
  }
  found.rate = rate;
  return found;
}

}  // namespace loadgate::session
