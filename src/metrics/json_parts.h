#pragma once

// Parts that results and baselines write alike. Pure functions, any thread.

#include <algorithm>
#include <array>
#include <cstddef>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>

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

Histogram histogram_at(const JsonCursor& at);

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
