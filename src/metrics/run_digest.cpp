#include "metrics/run_digest.h"

#include "metrics/run_result.h"

#include <algorithm>
#include <cmath>
#include <tuple>

#include "base/hash.h"
#include "metrics/typical_level.h"

namespace loadgate::metrics {

namespace {

// Times that spread further than these hold at 1 % get coarser bins, so that the size of
// a baseline file does not depend on the service.
constexpr std::size_t kMostBins = 128;

// What a series of the digest is made of: one request name, or all together.
struct Part {
  Tally held;
  SeriesList series;  // `held` is their sum.

  void add(const Series& one) {
    held.merge(one.held);
    series.push_back(&one);
  }
};

// Nothing where the stage was shorter than a window.
std::optional<Nanoseconds> typical(const std::vector<Histogram>& blocks, double share) {
  const double level = typical_level(blocks, share);
  if (!(level > 0)) return std::nullopt;
  return Nanoseconds(std::llround(level));
}

DigestSeries digest_series(const RunResult& result, std::size_t stage_index, const Part& part) {
  const StageInfo& stage = result.judging.stages[stage_index];
  const auto requests = static_cast<double>(part.held.requests);
  DigestSeries series;
  series.stage = stage.name;
  series.requests = part.held.requests;
  series.failures = part.held.failures();
  series.p50 = part.held.response_times.quantile(0.5);
  series.p95 = part.held.response_times.quantile(0.95);
  series.p99 = part.held.response_times.quantile(0.99);
  const HeldWindows windows{stage.held, result.window_width};
  const std::vector<Histogram> blocks =
      blocks_of(part.series, windows, block_count(requests, kBlockForP95, windows));
  series.typical_p50 = typical(blocks, 0.5);
  series.typical_p95 = typical(blocks, 0.95);
  series.per_second = requests / seconds(held_length(result, stage_index));
  series.is_saturated = stage.is_saturated;
  series.response_times = part.held.response_times.coarsened(kMostBins);
  return series;
}

// All hashes of the plan's tasks: one more request in it makes another load for all.
std::string hashes_of_tasks(const Judging& judging) {
  std::vector<std::string> hashes;
  for (const plan::RequestName& request : judging.requests) {
    if (request.role == plan::Role::task) hashes.push_back(request.load_hash);
  }
  std::ranges::sort(hashes);
  std::string joined;
  for (const std::string& hash : hashes) joined += hash;
  return joined;
}

// Requests of all roles: the service, and loadgate, spent what they spent on all of them.
Tally held_of_stage(const RunResult& result, std::size_t stage_index) {
  Tally held;
  for (const Series& series : result.series) {
    const bool counts = series.key.side == Side::head && series.key.stage == stage_index;
    if (counts) held.merge(series.held);
  }
  return held;
}

std::optional<Nanoseconds> generator_cpu_within(const MachineUse& machine, Interval held) {
  const std::optional<MachineShares> shares = shares_within(machine, held);
  if (!shares || !(shares->own > 0)) return std::nullopt;
  return from_seconds(shares->own * machine.cores * seconds(held.length()));
}

void add_costs(const RunResult& result, std::size_t stage_index, DigestSeries& pool) {
  const Tally held = held_of_stage(result, stage_index);
  if (held.requests == 0) return;
  const auto requests = static_cast<double>(held.requests);
  const auto each = [&](std::optional<Nanoseconds> spent) {
    if (spent) *spent = from_seconds(seconds(*spent) / requests);
    return spent;
  };
  const Interval& span = result.judging.stages[stage_index].held;
  pool.cpu_per_request = each(judged_cpu_within(result.services, span));
  pool.generator_cpu_per_request = each(generator_cpu_within(result.machine, span));
  pool.bytes_per_request = static_cast<double>(held.bytes_sent + held.bytes_received) / requests;
}

void add_stage(const RunResult& result, std::size_t stage_index, RunDigest& digest) {
  const StageInfo& stage = result.judging.stages[stage_index];
  Part together;
  for (const Series& series : result.series) {
    const plan::RequestName& request = result.judging.requests[series.key.request_name];
    const bool counts = series.key.side == Side::head && series.key.stage == stage_index &&
                        request.role == plan::Role::task && series.held.requests > 0;
    if (!counts) continue;
    together.add(series);
    Part part;
    part.add(series);
    digest.series.push_back(digest_series(result, stage_index, part));
    DigestSeries& one = digest.series.back();
    one.request = request.text;
    one.was = request.was;
    one.load_hash = fingerprint_of(stage.load_hash + request.load_hash);
  }
  if (together.held.requests == 0) return;
  digest.series.push_back(digest_series(result, stage_index, together));
  DigestSeries& pool = digest.series.back();
  pool.request = kAllRequests;
  pool.load_hash = fingerprint_of(stage.load_hash + hashes_of_tasks(result.judging));
  add_costs(result, stage_index, pool);
}

// Over all that is judged; nothing where the machine was not watched all the while.
std::optional<double> pressure_of(const RunResult& result) {
  double pressed = 0, held = 0;
  for (const StageInfo& stage : result.judging.stages) {
    if (!stage.is_judged()) continue;
    const std::optional<MachineShares> shares = shares_within(result.machine, stage.held);
    if (!shares) return std::nullopt;
    pressed += shares->pressure * seconds(stage.held.length());
    held += seconds(stage.held.length());
  }
  if (!(held > 0)) return std::nullopt;
  return pressed / held;
}

}  // namespace

RunDigest digest_of(const RunResult& result) {
  RunDigest digest;
  digest.plan_name = result.info.plan_name;
  digest.tool_version = result.info.tool_version;
  digest.commit = result.info.commit;
  digest.started = result.info.started;
  digest.seed = result.info.seed;
  digest.environment = result.info.environment;
  digest.control_before = result.control_before;
  digest.control_after = result.control_after;
  digest.steal_share = result.health.steal_share;
  digest.pressure = pressure_of(result);
  for (std::size_t i = 0; i < result.judging.stages.size(); ++i) {
    if (result.judging.stages[i].is_judged()) add_stage(result, i, digest);
  }
  std::ranges::sort(digest.series, {}, [](const DigestSeries& series) {
    return std::tie(series.stage, series.request);
  });
  return digest;
}

}  // namespace loadgate::metrics
