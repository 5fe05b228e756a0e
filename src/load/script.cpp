#include "load/script.h"

#include <algorithm>
#include <cassert>
#include <numeric>

#include "load/header_line.h"

namespace loadgate::load {
namespace {

transport::HeaderLines constant_lines(const plan::Request& request) {
  transport::HeaderLines prepared;
  prepared.is_constant = std::all_of(request.headers.begin(), request.headers.end(),
                                     [](const auto& field) { return field.value.is_constant(); });
  if (!prepared.is_constant) return prepared;
  for (const plan::Header& field : request.headers) {
    prepared.lines.push_back(constant_line(field));
  }
  return prepared;
}

constexpr std::uint64_t kLongestRound = std::uint64_t{1} << 20U;

// After how many the dealing begins again. Cut where weights are absurd: their shares are
// then right to a millionth.
unsigned round_of(const std::vector<plan::Scenario>& scenarios) {
  std::uint64_t all = 0;
  std::uint64_t divisor = 0;
  for (const plan::Scenario& scenario : scenarios) {
    all += scenario.weight;
    divisor = std::gcd(divisor, std::uint64_t{scenario.weight});
  }
  return static_cast<unsigned>(std::min(all / std::max(divisor, std::uint64_t{1}), kLongestRound));
}

// Smooth weighted round robin, as nginx deals requests to upstreams: every scenario
// gains its weight, the richest plays and pays the sum of all.
std::vector<std::uint32_t> deal(const std::vector<plan::Scenario>& scenarios, unsigned users) {
  std::int64_t all = 0;
  for (const plan::Scenario& scenario : scenarios) all += scenario.weight;

  std::vector<std::int64_t> credit(scenarios.size(), 0);
  std::vector<std::uint32_t> dealt;
  dealt.reserve(users);
  for (unsigned user = 0; user < users; ++user) {
    for (std::size_t i = 0; i < credit.size(); ++i) credit[i] += scenarios[i].weight;
    const auto richest = std::max_element(credit.begin(), credit.end());
    *richest -= all;
    dealt.push_back(static_cast<std::uint32_t>(richest - credit.begin()));
  }
  return dealt;
}

}  // namespace

Script::Script(const plan::Plan& plan, std::uint64_t seed, unsigned users, const DrawnRows& rows)
    : plan_(plan),
      seed_(seed),
      mask_(plan.secrets),
      scenarios_(deal(plan.scenarios, std::max(users, round_of(plan.scenarios)))),
      round_(round_of(plan.scenarios)),
      feeds_(std::make_unique<DataFeeds>(plan, rows)) {
  headers_.reserve(plan.requests.size());
  for (const plan::Request& request : plan.requests) headers_.push_back(constant_lines(request));
  variables_.resize(plan.names.size());
  for (const plan::Variable& variable : plan.variables) {
    variables_[variable.slot] = variable.value;
  }
}

Random Script::random_of(std::size_t user, std::uint32_t life) const {
  // Users count in the lower half, lives in the upper: no two lives share a stream.
  return Random::stream(seed_, user + (std::uint64_t{life} << 32U));
}

Random Script::random_of_arrival(std::uint64_t arrival) const {
  constexpr std::uint64_t kBeyondLives = std::uint64_t{1} << 63U;
  return Random::stream(seed_, kBeyondLives + arrival);
}

std::uint64_t Script::data_key_of(std::size_t user, std::uint32_t life) const {
  if (plan_.data.empty()) return 0;
  Random numbers = random_of(user, life);
  return ~numbers.next();
}

const plan::Task& draw_task(const plan::Scenario& scenario, Random& random) {
  std::uint64_t all = 0;
  for (const plan::Task& task : scenario.tasks) all += task.weight;
  assert(all > 0);
  std::uint64_t drawn = random.below(all);
  for (const plan::Task& task : scenario.tasks) {
    if (drawn < task.weight) return task;
    drawn -= task.weight;
  }
  return scenario.tasks.back();
}

}  // namespace loadgate::load
