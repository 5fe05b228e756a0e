#pragma once

// The words that stand for enumerators in result.json, for its writer and its reader.

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

#include "metrics/run_result.h"

namespace loadgate::metrics {

inline constexpr std::string_view kRunFormat = "loadgate-run";
inline constexpr std::uint64_t kRunVersion = 1;

// By the enumerators' values.
inline constexpr std::array<std::string_view, 2> kSides = {"head", "base"};
inline constexpr std::array<std::string_view, 3> kRoles = {"on_start", "task", "on_stop"};
inline constexpr std::array<std::string_view, 4> kComparisons = {"<", "<=", ">", ">="};

inline constexpr std::array<std::string_view, 2> kLoads = {"users", "rate"};
inline constexpr std::array<std::string_view, 2> kRestarts = {"each_epoch", "never"};

inline std::string_view name_of(Side side) { return kSides[static_cast<std::size_t>(side)]; }
inline std::string_view name_of(plan::Role role) { return kRoles[static_cast<std::size_t>(role)]; }
inline std::string_view name_of(plan::Load load) { return kLoads[static_cast<std::size_t>(load)]; }
inline std::string_view name_of(plan::Restart restart) {
  return kRestarts[static_cast<std::size_t>(restart)];
}
inline std::string_view name_of(plan::Comparison comparison) {
  return kComparisons[static_cast<std::size_t>(comparison)];
}

}  // namespace loadgate::metrics
