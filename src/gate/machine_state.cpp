#include "gate/machine_state.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/units.h"
#include "gate/statistics.h"

namespace loadgate::gate {
namespace {

constexpr double kMostSteal = 0.05;
constexpr double kMorePressure = 0.20;  // Of all time; loads of the plan itself make some.
constexpr double kClearlySlower = 1.15;
// Requests wait for each other, so times grow faster than the machine slows down: where
// that was measured (docs/verdict-rules.md), as its power of 1.2 to 1.8.
constexpr double kPower = 1.5;

// Around the run: the geometric mean of before and after. Its round trips over loopback say
// nothing: measured beside 60 runs of a busy machine, work followed p50 and they did not.
std::optional<double> control_work(const metrics::RunDigest& run) {
  if (!run.control_before || !run.control_after) return std::nullopt;
  const auto before = static_cast<double>(run.control_before->work.count());
  const auto after = static_cast<double>(run.control_after->work.count());
  if (!(before > 0) || !(after > 0)) return std::nullopt;
  return std::sqrt(before * after);
}

// Of the stored runs that have one, rising.
template <class Ask>
std::vector<double> known(const std::vector<const metrics::RunDigest*>& stored, Ask ask) {
  std::vector<double> values;
  for (const metrics::RunDigest* run : stored) {
    if (const std::optional<double> one = ask(*run)) values.push_back(*one);
  }
  std::sort(values.begin(), values.end());
  return values;
}

bool is_of_time(ComparedMetric metric) {
  return metric != ComparedMetric::error_rate && metric != ComparedMetric::cpu_per_request;
}

}  // namespace

std::string MachineState::remark() const {
  if (slower) {
    return fmt::format(
        "Around this run the machine computed {:.2g} × slower than around the slowest stored one, "
        "so of times only a rise beyond ×{:.2g} is the service's.",
        slower->factor, std::exp(slower->explains));
  }
  if (!pressure) return {};
  return fmt::format(
      "During this run tasks waited for a CPU {} of the time, far more than in any "
      "stored run.",
      format_share(*pressure));
}

MachineState state_of(const metrics::RunDigest& head,
                      const std::vector<const metrics::RunDigest*>& stored) {
  MachineState state;
  state.was_stolen_from = head.steal_share > kMostSteal;
  const std::optional<double> work = control_work(head);
  const std::vector<double> works = known(stored, control_work);
  if (work && !works.empty() && *work > kClearlySlower * works.back()) {
    std::vector<double> logarithms;
    logarithms.reserve(works.size());
    for (const double one : works) logarithms.push_back(std::log(one));
    state.slower = {*work / works.back(), kPower * (std::log(*work) - mean(logarithms))};
  }
  const std::vector<double> pressures =
      known(stored, [](const metrics::RunDigest& run) { return run.pressure; });
  if (head.pressure && !pressures.empty() && *head.pressure > pressures.back() + kMorePressure) {
    state.pressure = head.pressure;
  }
  return state;
}

void guard(Case& one, const MachineState& state) {
  ComparisonFinding& finding = one.finding;
  // A slower machine spends more CPU time on the same work; nobody else's load does that.
  const bool is_cpu = finding.metric == ComparedMetric::cpu_per_request;
  if (finding.weight == Weight::shown || !(is_cpu || is_of_time(finding.metric))) return;
  const bool is_explained = state.slower && one.estimate - state.slower->explains < one.fail_line;
  // Stolen time can hide a slower service too.
  if ((state.was_stolen_from && !is_cpu) || (is_explained && finding.outcome == Outcome::fail)) {
    finding.outcome = Outcome::inconclusive;
    finding.cause = Cause::environment;
  }
  // A slower service makes pressure itself, so pressure explains and takes nothing back.
  if (finding.outcome == Outcome::inconclusive && finding.cause == Cause::too_noisy &&
      (state.slower || (state.pressure && !is_cpu))) {
    finding.cause = Cause::environment;
  }
}

}  // namespace loadgate::gate
