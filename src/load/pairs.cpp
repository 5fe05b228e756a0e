#include "load/pairs.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <utility>

#include "base/random.h"
#include "load/arrivals.h"
#include "load/lanes_run.h"

namespace loadgate::load {
namespace {

// No user, life or arrival has this stream; see Script.
constexpr std::uint64_t kStream = UINT64_MAX - 1;

// To the next arrival of a Poisson process. At least a nanosecond, so that all rise.
Nanoseconds exponential_gap(double rate, Random& random) {
  const Nanoseconds gap = from_seconds(-std::log1p(-random.unit()) / rate);
  return std::max(gap, Nanoseconds(1));
}

LaneTerms terms_of(const plan::Plan& plan, std::vector<Nanoseconds> due,
                   const std::optional<DrawnRows>& rows, const Options& options) {
  return {.plan = &plan,
          .arrivals = Arrivals(plan.stages, std::move(due)),
          .rows = rows.value_or(DrawnRows{options.seed, {}})};
}

[[maybe_unused]] bool have_one_rate(const plan::Plan& plan) {
  return std::all_of(plan.stages.begin(), plan.stages.end(), [&](const plan::Stage& stage) {
    return stage.is_open() && stage.rate == plan.stages.front().rate &&
           stage.max_users == plan.stages.front().max_users;
  });
}

}  // namespace

PairSchedule pair_schedule(double rate, Nanoseconds length, std::uint64_t seed) {
  assert(rate > 0);
  Random random = Random::stream(seed, kStream);
  PairSchedule pairs;
  Nanoseconds second{};
  while (true) {
    const Nanoseconds first = second + exponential_gap(2 * rate, random);
    second = first + exponential_gap(2 * rate, random);
    const bool base_goes_first = random.below(2) == 0;
    if (second >= length) return pairs;
    pairs.base.push_back(base_goes_first ? first : second);
    pairs.head.push_back(base_goes_first ? second : first);
  }
}

Result<PairOutcome> run_pairs(const Sides& sides, Options options) {
  options.punctuality = kOfPairs;
  assert(have_one_rate(*sides.base) && have_one_rate(*sides.head));
  PairSchedule pairs =
      pair_schedule(sides.head->stages.front().rate, sides.head->length(), options.seed);
  LaneTerms base = terms_of(*sides.base, std::move(pairs.base), sides.base_rows, options);
  base.side = metrics::Side::base;
  LaneTerms head = terms_of(*sides.head, std::move(pairs.head), sides.head_rows, options);

  Result<LanesOutcome> outcome = run_lanes({std::move(base), std::move(head)}, options);
  if (!outcome) return failure(outcome.error());
  LanesOutcome::OfLane& of_base = outcome->lanes.front();
  LanesOutcome::OfLane& of_head = outcome->lanes.back();
  return PairOutcome{std::move(of_base.result), std::move(of_head.result), std::move(of_base.rows),
                     std::move(of_head.rows), std::move(outcome->stopped_because)};
}

}  // namespace loadgate::load
