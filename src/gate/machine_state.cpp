#include "gate/machine_state.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/units.h"

namespace loadgate::gate {
namespace {

constexpr double kMostSteal = 0.05;
constexpr double kMorePressure = 0.20;  // Of all time; loads of the plan itself make some.
constexpr double kClearlySlower = 1.15;

// Around the run: the geometric mean of before and after. Its round trips over loopback say
// nothing: measured beside 60 runs of a busy machine, work followed p50 and they did not.
std::optional<double> control_work(const metrics::RunDigest& run) {
  if (!run.control_before || !run.control_after) return std::nullopt;
  const auto before = static_cast<double>(run.control_before->work.count());
  const auto after = static_cast<double>(run.control_after->work.count());
  if (!(before > 0) || !(after > 0)) return std::nullopt;
  return std::sqrt(before * after);
}

// The greatest of the stored runs that have one.
template <class Ask>
std::optional<double> greatest(const std::vector<const metrics::RunDigest*>& stored, Ask ask) {
  std::optional<double> most;
  for (const metrics::RunDigest* run : stored) {
    if (const std::optional<double> one = ask(*run)) most = std::max(most.value_or(*one), *one);
  }
  return most;
}

bool is_of_time(ComparedMetric metric) {
  return metric != ComparedMetric::error_rate && metric != ComparedMetric::cpu_per_request;
}

}  // namespace

std::string MachineState::remark() const {
  if (slower) {
    return fmt::format(
        "Around this run the machine computed {:.2g} × slower than around the slowest stored one, "
        "so a rise of response times says nothing of the service.",
        *slower);
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
  const std::optional<double> slowest = greatest(stored, control_work);
  if (work && slowest && *work > kClearlySlower * *slowest) state.slower = *work / *slowest;
  const std::optional<double> pressed =
      greatest(stored, [](const metrics::RunDigest& run) { return run.pressure; });
  if (head.pressure && pressed && *head.pressure > *pressed + kMorePressure) {
    state.pressure = head.pressure;
  }
  return state;
}

void guard(ComparisonFinding& finding, const MachineState& state) {
  if (finding.weight == Weight::shown || !is_of_time(finding.metric)) return;
  // Stolen time can hide a slower service too.
  if (state.was_stolen_from || (state.slower && finding.outcome == Outcome::fail)) {
    finding.outcome = Outcome::inconclusive;
    finding.cause = Cause::environment;
  }
  // A slower service makes pressure itself, so pressure explains and takes nothing back.
  if (finding.outcome == Outcome::inconclusive && finding.cause == Cause::too_noisy &&
      (state.slower || state.pressure)) {
    finding.cause = Cause::environment;
  }
}

}  // namespace loadgate::gate
