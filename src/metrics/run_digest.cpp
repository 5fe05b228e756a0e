#include "metrics/run_digest.h"

#include "metrics/run_result.h"

#include <algorithm>
#include <tuple>

#include "base/hash.h"

namespace loadgate::metrics {

namespace {

constexpr Nanoseconds kBlockUnit = std::chrono::microseconds(1);
// Times that spread further than these hold at 1 % get coarser bins, so that the size of
// a baseline file does not depend on the service.
constexpr std::size_t kMostBins = 128;

struct Block {
  std::uint64_t requests = 0;
  Histogram response_times;
};

// The blocks of a stage's held part, which its series fill window by window.
class Blocks {
 public:
  Blocks(const Interval& held, Nanoseconds window_width)
      : held_(held), window_width_(window_width) {
    while (held.length() / length_ > kMostBlocks) length_ *= 2;
    if (window_width <= kBlockLength) {
      blocks_.resize(static_cast<std::size_t>(held.length() / length_));
    }
  }

  void add(const std::vector<Window>& windows) {
    for (const Window& window : windows) {
      const Nanoseconds from = window.index * window_width_;
      if (from < held_.from || from + window_width_ > held_.to) continue;
      const auto block = static_cast<std::size_t>((from - held_.from) / length_);
      if (block >= blocks_.size()) continue;
      blocks_[block].requests += window.requests;
      blocks_[block].response_times.merge(window.response_times);
    }
  }

  void store(DigestSeries& series) const {
    series.block_length = length_;
    for (const Block& block : blocks_) {
      series.block_requests.push_back(block.requests);
      series.block_p50.push_back(rounded(block.response_times.quantile(0.5)));
      series.block_p95.push_back(rounded(block.response_times.quantile(0.95)));
    }
  }

 private:
  // The gate sees no difference below 200 us; digits beyond would fill the file.
  static Nanoseconds rounded(Nanoseconds time) {
    return (time + kBlockUnit / 2) / kBlockUnit * kBlockUnit;
  }

  Interval held_;
  Nanoseconds window_width_;
  Nanoseconds length_ = kBlockLength;
  std::vector<Block> blocks_;
};

struct Held {
  const StageInfo& stage;
  Nanoseconds length{};
};

DigestSeries digest_series(const Held& of, std::string_view request, const std::string& load_text,
                           const Tally& held, const Blocks& blocks) {
  DigestSeries series;
  series.stage = of.stage.name;
  series.request = request;
  series.load_hash = fingerprint_of(load_text);
  series.requests = held.requests;
  series.failures = held.failures();
  series.p50 = held.response_times.quantile(0.5);
  series.p95 = held.response_times.quantile(0.95);
  series.p99 = held.response_times.quantile(0.99);
  series.per_second = static_cast<double>(held.requests) / seconds(of.length);
  series.is_saturated = of.stage.is_saturated;
  blocks.store(series);
  series.response_times = held.response_times.coarsened(kMostBins);
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

// What the service spent it spent on requests of all roles.
std::optional<Nanoseconds> cpu_per_request(const RunResult& result, std::size_t stage_index) {
  std::uint64_t requests = 0;
  for (const Series& series : result.series) {
    const bool counts = series.key.side == Side::head && series.key.stage == stage_index;
    if (counts) requests += series.held.requests;
  }
  const std::optional<Nanoseconds> spent =
      judged_cpu_within(result.services, result.judging.stages[stage_index].held);
  if (!spent || requests == 0) return std::nullopt;
  return Nanoseconds(static_cast<Nanoseconds::rep>(static_cast<double>(spent->count()) /
                                                   static_cast<double>(requests)));
}

void add_stage(const RunResult& result, std::size_t stage_index, RunDigest& digest) {
  const StageInfo& stage = result.judging.stages[stage_index];
  const Held held{stage, held_length(result, stage_index)};
  Tally together;
  Blocks blocks_together(stage.held, result.window_width);
  for (const Series& series : result.series) {
    const plan::RequestName& request = result.judging.requests[series.key.request_name];
    const bool counts = series.key.side == Side::head && series.key.stage == stage_index &&
                        request.role == plan::Role::task && series.held.requests > 0;
    if (!counts) continue;
    Blocks blocks(stage.held, result.window_width);
    blocks.add(series.windows);
    blocks_together.add(series.windows);
    together.merge(series.held);
    digest.series.push_back(digest_series(held, request.text, stage.load_hash + request.load_hash,
                                          series.held, blocks));
    digest.series.back().was = request.was;
  }
  if (together.requests == 0) return;
  digest.series.push_back(digest_series(held, kAllRequests,
                                        stage.load_hash + hashes_of_tasks(result.judging), together,
                                        blocks_together));
  digest.series.back().cpu_per_request = cpu_per_request(result, stage_index);
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
