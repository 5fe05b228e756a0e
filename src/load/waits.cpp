#include "load/waits.h"

#include <algorithm>
#include <cmath>

namespace loadgate::load {
namespace {

Nanoseconds exponential(Nanoseconds mean, Random& random) {
  const double drawn = -std::log(1 - random.unit()) * static_cast<double>(mean.count());
  return std::min(Nanoseconds(static_cast<Nanoseconds::rep>(drawn)), mean * kLongestWait);
}

}  // namespace

TimePoint end_of_wait(const plan::Wait& wait, TimePoint began, TimePoint now, Random& random) {
  if (wait.is_none()) return now;
  switch (wait.kind) {
    case plan::Wait::Kind::exponential:
      return now + exponential(wait.shortest, random);
    case plan::Wait::Kind::pacing:
      return std::max(now, began + wait.shortest);
    case plan::Wait::Kind::uniform:
      break;
  }
  if (wait.shortest == wait.longest) return now + wait.shortest;
  return now + Nanoseconds(random.between(wait.shortest.count(), wait.longest.count()));
}

}  // namespace loadgate::load
