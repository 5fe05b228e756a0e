#pragma once

// Parts that results and baselines write alike. Pure functions, any thread.

#include <algorithm>
#include <array>
#include <cstddef>
#include <functional>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "metrics/json_cursor.h"
#include "metrics/run_result.h"

namespace loadgate::metrics {

nlohmann::json json_of(const Environment& environment);
Environment environment_at(const JsonCursor& at);

nlohmann::json json_of(const plan::Threshold& threshold);
plan::Threshold threshold_at(const JsonCursor& at);

// "2026-11-22T03:04:05.678Z"
std::string text_of(WallTime time);
WallTime wall_time_at(const JsonCursor& at);

nlohmann::json json_of(const Interval& interval);
Interval interval_at(const JsonCursor& at);

Histogram histogram_at(const JsonCursor& at);

// A list of what `write` makes of each item.
template <class Item, class Write>
auto list_of(const std::vector<Item>& items, Write write) {
  auto list = std::invoke_result_t<Write, const Item&>::array();
  for (const Item& item : items) list.push_back(write(item));
  return list;
}

// A kind of failure; those that are none are refused.
ErrorKind error_kind_at(const JsonCursor& at, std::string_view word);

// An index into a list of `size` elements.
std::uint64_t index_at(const JsonCursor& at, std::size_t size, std::string_view list);
template <class Index>
Index index_as(const JsonCursor& at, std::size_t size, std::string_view list) {
  return static_cast<Index>(index_at(at, size, list));
}

// Complains where an item's `projection` is not above (greater_equal) or lies below
// (greater) that of the one before it.
template <class Items, class Projection, class Wrong = std::greater_equal<>>
void expect_rising(const JsonCursor& at, const Items& items, Projection projection,
                   Wrong wrong_order = {}) {
  const auto wrong = std::ranges::adjacent_find(items, wrong_order, projection);
  if (wrong == items.end()) return;
  at[static_cast<std::size_t>(wrong - items.begin()) + 1].complain("stands out of order");
}

// JSON knows neither infinity nor NaN: the largest number and 0 stand for them.
double finite(double value);

void complain_about_word(const JsonCursor& at, std::string_view word);

// One of `words`, which stand in the order of the enumerators.
template <class Enum, std::size_t N>
Enum word_at(const JsonCursor& at, const std::array<std::string_view, N>& words) {
  const std::string word = at.text();
  const auto found = std::ranges::find(words, word);
  if (found == words.end()) {
    complain_about_word(at, word);
    return Enum{};
  }
  return static_cast<Enum>(found - words.begin());
}

}  // namespace loadgate::metrics
