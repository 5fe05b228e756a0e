#include "load/shuffle.h"

#include <gtest/gtest.h>

#include <map>
#include <set>
#include <vector>

namespace loadgate::load {
namespace {

std::vector<std::uint64_t> order(std::uint64_t size, std::uint64_t key) {
  std::vector<std::uint64_t> order;
  for (std::uint64_t i = 0; i < size; ++i) order.push_back(shuffled(i, size, key));
  return order;
}

TEST(Shuffle, IsAPermutationOfAnySize) {
  for (std::uint64_t size = 1; size <= 300; ++size) {
    const auto places = order(size, size * 7);
    ASSERT_EQ(std::set(places.begin(), places.end()).size(), size);
    ASSERT_LT(*std::max_element(places.begin(), places.end()), size);
  }
}

TEST(Shuffle, IsAnotherOneForAnotherKey) {
  EXPECT_EQ(order(100, 1), order(100, 1));
  EXPECT_NE(order(100, 1), order(100, 2));
}

// Chi square of the 24 orders of 4 places: 23 degrees, 1 in 100,000 lies above 62.
TEST(Shuffle, FindsEveryOrderOfAFewPlacesAboutEquallyOften) {
  constexpr int kKeys = 24'000;
  std::map<std::vector<std::uint64_t>, int> seen;
  for (int key = 0; key < kKeys; ++key) ++seen[order(4, static_cast<std::uint64_t>(key) * 1000)];
  EXPECT_EQ(seen.size(), 24U);
  double chi_square = 0;
  for (const auto& [order, times] : seen) chi_square += (times - 1000.0) * (times - 1000.0) / 1000;
  EXPECT_LT(chi_square, 62);
}

}  // namespace
}  // namespace loadgate::load
