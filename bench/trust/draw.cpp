#include "draw.h"

#include <numeric>
#include <utility>

namespace loadgate::trust {

std::vector<std::size_t> draw(std::size_t all, std::size_t count, Order order, Random& random) {
  std::vector<std::size_t> drawn(all);
  std::iota(drawn.begin(), drawn.end(), 0);
  if (order == Order::row) {
    const std::size_t first = random.below(all - count + 1);
    drawn.erase(drawn.begin(), drawn.begin() + static_cast<std::ptrdiff_t>(first));
  } else {
    for (std::size_t i = 0; i < count; ++i) std::swap(drawn[i], drawn[i + random.below(all - i)]);
  }
  drawn.resize(count);
  return drawn;
}

}  // namespace loadgate::trust
