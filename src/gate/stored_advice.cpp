// What would settle an inconclusive comparison with stored runs.

#include <fmt/format.h>

#include "base/text.h"
#include "gate/stored_case.h"

namespace loadgate::gate {
namespace {

std::string advise_more_runs(const StoredCase& one, double level) {
  const bool is_same_boot = one.units.is_same_boot;
  if (const std::optional<std::size_t> more = units_to_settle(one, level)) {
    const std::string runs = counted(*more, "more baseline run");
    return is_same_boot ? runs : runs + ", each from another boot (in CI, from another job)";
  }
  return is_same_boot ? "more runs would not help: a quieter machine or longer stages"
                      : "more runs would not help: record the baseline in the same job on the "
                        "same machine, or use a quieter one";
}

}  // namespace

std::string advise(const StoredCase& one, double level) {
  const ComparisonFinding& finding = one.finding;
  if (finding.outcome != Outcome::inconclusive) return {};
  switch (finding.cause) {
    case Cause::environment:
      return "another run when the machine is left alone";
    case Cause::no_matching_baseline:
      return "new baseline runs with this load";
    case Cause::too_few_requests:
      if (!one.has_estimate) return "a run in which these requests are answered";
      return fmt::format("longer stages or more users: {:.0f} stored and {} new requests are few",
                         one.requests_a_unit, finding.requests);
    default:
      if (finding.metric == ComparedMetric::error_rate) {
        return "longer stages: an error rate is as sure as its requests are many";
      }
      return advise_more_runs(one, level);
  }
}

}  // namespace loadgate::gate
