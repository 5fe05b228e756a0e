#include "session/record.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/units.h"
#include "baseline/store.h"
#include "metrics/run_digest.h"
#include "session/service_under_test.h"

namespace loadgate::session {
namespace {

// "p50 8.05 ms, p95 12.1 ms over 1204 requests", of the first judged stage.
std::string in_short(const metrics::RunDigest& digest) {
  const auto pool =
      std::find_if(digest.series.begin(), digest.series.end(),
                   [](const auto& series) { return series.request == metrics::kAllRequests; });
  if (pool == digest.series.end()) return "no judged request";
  return fmt::format("p50 {}, p95 {} over {} requests", format_latency(pool->p50),
                     format_latency(pool->p95), pool->requests);
}

}  // namespace

Result<std::string> keep(const metrics::RunResult& run, const std::filesystem::path& root,
                         const std::string& accepted) {
  if (run.info.interrupted) return failure("an interrupted run cannot be a baseline");
  if (!run.info.aborted.empty()) {
    return failure("an aborted run cannot be a baseline: " + run.info.aborted);
  }
  if (!run.health.invalid.empty()) {
    return failure("an invalid run cannot be a baseline: " + run.health.invalid.front());
  }
  metrics::RunDigest digest = metrics::digest_of(run);
  digest.accepted = accepted;
  if (digest.series.empty()) {
    return failure("a run in which nothing was judged cannot be a baseline");
  }
  const baseline::Store store(root);
  // Reads what is there first, so that nothing is added beside a damaged file.
  const Result<std::vector<baseline::Stored>> before = store.runs(digest.plan_name);
  if (!before) return failure(before.error());
  const Result<std::filesystem::path> added = store.add(digest);
  if (!added) return failure(added.error());
  const auto removed = store.prune(digest.plan_name, baseline::kMostRuns);
  if (!removed) return failure(removed.error());
  std::string text = fmt::format("{}: {}", added->string(), in_short(digest));
  if (!removed->empty()) text += fmt::format(" ({} older removed)", removed->size());
  return text;
}

Result<Recorded> record(const plan::Plan& plan, const RecordOptions& what,
                        const MeasureOptions& options) {
  // A damaged file is said before the load, not after it.
  const auto before = baseline::Store(what.root).runs(plan.name);
  if (!before) return failure(before.error());
  Recorded recorded;
  MeasureOptions each = options;
  ServiceUnderTest service(plan, {.stop_request = options.stop_request, .say = options.say});
  for (int number = 1; number <= what.runs; ++number, ++each.seed) {
    const metrics::RunResult run = measure(plan, service, each);
    if (run.info.interrupted) {
      recorded.end = RecordEnd::interrupted;
      return recorded;
    }
    if (!run.health.invalid.empty()) {
      recorded.end = RecordEnd::invalid;
      recorded.reason = fmt::format("{}", fmt::join(run.health.invalid, "; "));
      return recorded;
    }
    const Result<std::string> kept = keep(run, what.root, number == 1 ? what.accepted : "");
    if (!kept) return failure(kept.error());
    ++recorded.runs;
    if (options.say) options.say(fmt::format("run {} of {}: {}", number, what.runs, *kept));
  }
  return recorded;
}

}  // namespace loadgate::session
