#include "session/stop_rules.h"

#include <fmt/format.h>

#include "base/units.h"
#include "gate/judge.h"

namespace loadgate::session {
namespace {

std::uint64_t not_connected(const metrics::Tally& tally) {
  using metrics::ErrorKind;
  return tally.errors[static_cast<std::size_t>(ErrorKind::could_not_connect)] +
         tally.errors[static_cast<std::size_t>(ErrorKind::could_not_resolve)];
}

}  // namespace

std::optional<std::string> StopRules::look(Nanoseconds elapsed, const metrics::Collector& so_far) {
  watch_target(elapsed, so_far);
  if (gone_since_ && elapsed - *gone_since_ >= kPatience) return target_is_gone();
  return abort(elapsed, so_far);
}

std::optional<std::string> StopRules::abort(Nanoseconds elapsed, const metrics::Collector& so_far) {
  // Only held parts are looked at, as in the verdict, so an abort is a missed threshold.
  for (const gate::ThresholdFinding& finding :
       gate::check_thresholds(judging_, so_far.series(), std::nullopt)) {
    const plan::Threshold& threshold = finding.threshold;
    if (!threshold.aborts || elapsed < threshold.after || !finding.measured) continue;
    if (finding.outcome != gate::Outcome::fail) continue;
    was_aborted_ = true;
    return fmt::format("stopped after {} by the threshold \"{}\": {}",
                       format_duration(std::chrono::floor<std::chrono::seconds>(elapsed)),
                       threshold.text, finding.explanation);
  }
  return std::nullopt;
}

void StopRules::watch_target(Nanoseconds elapsed, const metrics::Collector& so_far) {
  std::uint64_t requests = 0;
  std::uint64_t failed = 0;
  for (const metrics::Series& series : so_far.series()) {
    requests += series.all.requests;
    failed += not_connected(series.all);
  }
  const std::uint64_t new_requests = requests - requests_;
  const std::uint64_t new_failed = failed - not_connected_;
  requests_ = requests;
  not_connected_ = failed;
  if (new_requests == 0) return;  // A quiet second says nothing.
  if (new_failed < new_requests) {
    gone_since_.reset();
  } else if (!gone_since_) {
    gone_since_ = elapsed;
  }
}

std::optional<std::string> StopRules::target_is_gone() const {
  if (!gone_since_) return std::nullopt;
  return fmt::format(
      "{} stopped accepting connections about {} into the run: look into the service's log; "
      "the load may have brought it down",
      plan_.target, format_duration(std::chrono::floor<std::chrono::seconds>(*gone_since_)));
}

}  // namespace loadgate::session
