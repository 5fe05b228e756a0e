#pragma once

// The units of plans and reports: read from and written as text. Pure functions.
// A number without its unit is never read as a value (0 needs none).

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/clock.h"

namespace loadgate {

// "300ms", "30s", "1m30s", "2h", "200us", "1.5s"; never negative.
std::optional<Nanoseconds> parse_duration(std::string_view text);

// "50/s", "600/m", "10/h" as events a second; never negative.
std::optional<double> parse_rate(std::string_view text);

// "1%", "0.5%" as a share: 0.01, 0.005; never negative, may exceed 1.
std::optional<double> parse_share(std::string_view text);

// A plain finite decimal number, the whole text of it.
std::optional<double> parse_number(std::string_view text);

// As a person writes it in a plan: "1m30s", "250ms", "0s". parse_duration reads it back.
std::string format_duration(Nanoseconds time);

// A measured time with three significant digits and one unit: "241 ms", "8.05 ms", "1.24 s", "93.1
// us".
std::string format_latency(Nanoseconds time);

// A share with two significant decimals at most: "0.5 %", "12 %".
std::string format_share(double share);

// "1.23 MB"
std::string format_size(std::uint64_t bytes);

}  // namespace loadgate
