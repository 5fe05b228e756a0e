#pragma once

// What all workers share of a plan, prepared once before the run: constant headers,
// who plays which scenario, what users begin with. Immutable, any thread; outlives
// the transports, which keep what they make of the headers.

#include <cstdint>
#include <memory>
#include <vector>

#include "base/random.h"
#include "load/data_feed.h"
#include "load/failure_sample.h"
#include "plan/plan.h"
#include "transport/transport.h"

namespace loadgate::load {

class Script {
 public:
  // `users`: the most there will be. The plan must outlive the script.
  Script(const plan::Plan& plan, std::uint64_t seed, unsigned users)
      : Script(plan, seed, users, DrawnRows{seed, {}}) {}
  // With data from where it was left.
  Script(const plan::Plan& plan, std::uint64_t seed, unsigned users, const DrawnRows& rows);

  const plan::Plan& plan() const { return plan_; }
  const Mask& mask() const { return mask_; }

  // By weights, dealt smoothly: among the first n users, for every n, each scenario has
  // its share to within one user or so.
  const plan::Scenario& scenario_of(std::size_t user) const {
    return plan_.scenarios[scenarios_[user]];
  }

  // The same for arrivals, whose number has no end: the dealing goes round.
  std::size_t scenario_of_arrival(std::uint64_t arrival) const {
    return scenarios_[arrival % round_];
  }

  // The random numbers of one life of a user: independent of workers and of other users.
  Random random_of(std::size_t user, std::uint32_t life) const;

  // Those of one arrival: what it does hangs on its number alone.
  Random random_of_arrival(std::uint64_t arrival) const;

  // Of the shuffles of data that this life has to itself.
  std::uint64_t data_key_of(std::size_t user, std::uint32_t life) const;

  // Null where a header has a placeholder, so that the user fills lines of its own.
  const transport::HeaderLines* constant_headers(std::size_t request) const {
    return headers_[request].is_constant ? &headers_[request] : nullptr;
  }

  // What every user begins with, by slot.
  const std::vector<plan::Value>& variables() const { return variables_; }

  // What users draw their data from: the only thing here that changes, and any thread may.
  DataFeeds& feeds() const { return *feeds_; }

 private:
  const plan::Plan& plan_;
  std::uint64_t seed_;
  Mask mask_;
  std::vector<std::uint32_t> scenarios_;
  unsigned round_;  // Scenarios are dealt in rounds of so many.
  std::unique_ptr<DataFeeds> feeds_;
  std::vector<transport::HeaderLines> headers_;
  std::vector<plan::Value> variables_;
};

// One of the tasks, by weight.
const plan::Task& draw_task(const plan::Scenario& scenario, Random& random);

}  // namespace loadgate::load
