#include "gate/duet_looks.h"

#include <algorithm>
#include <array>

#include "gate/duet_comparison.h"
#include "gate/duet_units.h"

namespace loadgate::gate {
namespace {

constexpr std::array kLooks{kFewestEpochs, 10, 14, kMostEpochs};

}  // namespace

int most_epochs(Nanoseconds epoch_length) {
  if (epoch_length <= Nanoseconds{}) return kMostEpochs;
  return static_cast<int>(std::min<Nanoseconds::rep>(kLongestDuet / epoch_length, kMostEpochs));
}

std::vector<int> planned_looks(int most_epochs) {
  if (most_epochs < kFewestEpochs) return {};
  const int last = std::min(most_epochs, kMostEpochs);
  std::vector<int> looks;
  for (const int look : kLooks) {
    if (look < last) looks.push_back(look);
  }
  looks.push_back(last);
  return looks;
}

bool is_decided(const metrics::RunResult& so_far) {
  const metrics::Duet& duet = *so_far.duet;
  if (!base_died(duet).empty() || !head_died(duet).empty()) return true;
  const std::vector<int> looks = planned_looks(static_cast<int>(duet.most_epochs));
  const auto epochs = static_cast<int>(epochs_that_count(duet).size());
  const bool is_look = std::find(looks.begin(), looks.end(), epochs) != looks.end();
  if (!is_look) return looks.empty() || epochs > looks.back();
  return compare_sides(so_far, LookNow::no).is_over;
}

}  // namespace loadgate::gate
