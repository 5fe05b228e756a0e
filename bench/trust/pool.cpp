#include "pool.h"

#include <map>
#include <numeric>
#include <utility>

namespace loadgate::trust {
namespace {

bool is_same_plan(const metrics::Judging& a, const metrics::Judging& b) {
  if (a.requests.size() != b.requests.size()) return false;
  for (std::size_t i = 0; i < a.requests.size(); ++i) {
    if (a.requests[i].text != b.requests[i].text) return false;
    if (a.requests[i].load_hash != b.requests[i].load_hash) return false;
  }
  return true;
}

std::vector<std::size_t> indices(std::size_t all, std::size_t count, Order order, Random& random) {
  std::vector<std::size_t> chosen(all);
  std::iota(chosen.begin(), chosen.end(), 0);
  if (order == Order::row) {
    const std::size_t first = random.below(all - count + 1);
    chosen.erase(chosen.begin(), chosen.begin() + static_cast<std::ptrdiff_t>(first));
  } else {
    for (std::size_t i = 0; i < count; ++i) std::swap(chosen[i], chosen[i + random.below(all - i)]);
  }
  chosen.resize(count);
  return chosen;
}

void set_side(metrics::EpochSide& side, metrics::Side to) {
  for (metrics::Series& series : side.series) series.key.side = to;
}

}  // namespace

Result<Pool> pool_of(std::vector<Recording> recordings) {
  Pool pool;
  for (Recording& recording : recordings) {
    if (pool.epochs.empty()) pool.frame = recording.run;
    if (!is_same_plan(pool.frame.judging, recording.run.judging)) {
      return failure("recordings of different plans");
    }
    for (RecordedEpoch& epoch : recording.epochs) pool.epochs.push_back(std::move(epoch));
  }
  if (pool.epochs.empty()) return failure("nothing is recorded");
  return pool;
}

std::vector<Drawn> draw(const Pool& pool, std::size_t count, Order order, Flip flip,
                        Random& random) {
  std::vector<Drawn> drawn;
  bool coin = flip == Flip::gate && random.below(2) == 1;
  for (const std::size_t index : indices(pool.epochs.size(), count, order, random)) {
    if (flip == Flip::epoch) coin = random.below(2) == 1;
    drawn.push_back({&pool.epochs[index], coin});
  }
  return drawn;
}

metrics::Epoch as_epoch(const Drawn& drawn, std::uint32_t number) {
  metrics::Epoch epoch = drawn.epoch->epoch;
  if (drawn.is_flipped) {
    std::swap(epoch.base, epoch.head);
    set_side(epoch.base, metrics::Side::base);
    set_side(epoch.head, metrics::Side::head);
  }
  epoch.number = number;
  epoch.began = number * drawn.epoch->took;
  return epoch;
}

metrics::RunResult as_run(const Pool& pool, std::span<const RecordedEpoch> epochs,
                          metrics::Side side) {
  metrics::RunResult run = pool.frame;
  run.duet.reset();
  metrics::ResourceUse use{.name = "service", .points = {{}, {}}};
  std::map<std::uint32_t, metrics::Series> by_name;
  Nanoseconds length{};
  for (const RecordedEpoch& recorded : epochs) {
    const metrics::EpochSide& from =
        side == metrics::Side::base ? recorded.epoch.base : recorded.epoch.head;
    for (const metrics::Series& series : from.series) {
      metrics::Series& joined = by_name[series.key.request_name];
      joined.key = {metrics::Side::head, series.key.stage, series.key.request_name};
      joined.held.merge(series.held);
    }
    length += recorded.epoch.held.length();
    if (!from.use.points.empty()) use.points.back().cpu += from.use.points.back().cpu;
  }
  use.points.back().at = length;
  run.judging.stages.front().held = {{}, length};
  for (auto& [name, series] : by_name) run.series.push_back(std::move(series));
  if (use.points.back().cpu.count() > 0) run.services.push_back(std::move(use));
  return run;
}

}  // namespace loadgate::trust
