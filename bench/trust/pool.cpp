#include "pool.h"

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

void set_side(metrics::EpochSide& side, metrics::Side to) {
  for (metrics::Series& series : side.series) series.key.side = to;
}

}  // namespace

Result<Pool> pool_of(std::vector<RecordedDuet> recorded) {
  Pool pool;
  for (RecordedDuet& recording : recorded) {
    if (pool.epochs.empty()) pool.frame = recording.run;
    if (!is_same_plan(pool.frame.judging, recording.run.judging)) {
      return failure("recordings of different plans");
    }
    for (RecordedEpoch& epoch : recording.epochs) pool.epochs.push_back(std::move(epoch));
  }
  if (pool.epochs.empty()) return failure("nothing is recorded");
  return pool;
}

std::vector<Drawn> draw_epochs(const Pool& pool, std::size_t count, const Chances& chances,
                               Random& random) {
  std::vector<Drawn> drawn;
  bool coin = chances.flip == Flip::gate && random.below(2) == 1;
  for (const std::size_t index : draw(pool.epochs.size(), count, chances.order, random)) {
    if (chances.flip == Flip::epoch) coin = random.below(2) == 1;
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

}  // namespace loadgate::trust
