#include "base/units.h"

#include <fmt/format.h>

#include <array>
#include <charconv>
#include <cmath>

namespace loadgate {
namespace {

struct Unit {
  std::string_view name;
  double factor;
};

constexpr std::array<Unit, 6> kDurationUnits{
    {{"ns", 1}, {"us", 1e3}, {"ms", 1e6}, {"s", 1e9}, {"m", 6e10}, {"h", 3.6e12}}};

bool is_unit_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

// Takes a decimal number (no sign, no exponent) off the front of `text`.
std::optional<double> take_number(std::string_view& text) {
  if (text.empty() || !(text.front() >= '0' && text.front() <= '9')) return std::nullopt;
  double value = 0;
  const auto [end, error] =
      std::from_chars(text.data(), text.data() + text.size(), value, std::chars_format::fixed);
  if (error != std::errc() || !std::isfinite(value)) return std::nullopt;
  text.remove_prefix(static_cast<std::size_t>(end - text.data()));
  return value;
}

std::string_view take_letters(std::string_view& text) {
  std::size_t length = 0;
  while (length < text.size() && is_unit_letter(text[length])) ++length;
  const std::string_view letters = text.substr(0, length);
  text.remove_prefix(length);
  return letters;
}

// Three significant digits, without an exponent: "241", "8.05", "0.123".
std::string three_digits(double value) {
  if (value >= 99.95) return fmt::format("{:.0f}", value);
  if (value >= 9.995) return fmt::format("{:.1f}", value);
  return fmt::format("{:.2f}", value);
}

}  // namespace

std::optional<Nanoseconds> parse_duration(std::string_view text) {
  if (text == "0") return Nanoseconds(0);
  double total = 0;
  double last_factor = HUGE_VAL;
  if (text.empty()) return std::nullopt;
  while (!text.empty()) {
    const std::optional<double> number = take_number(text);
    const std::string_view name = take_letters(text);
    if (!number) return std::nullopt;
    const Unit* found = nullptr;
    for (const Unit& unit : kDurationUnits) {
      if (unit.name == name) found = &unit;
    }
    // Units go from large to small, so that "30s1m" is not read as something.
    if (found == nullptr || found->factor >= last_factor) return std::nullopt;
    last_factor = found->factor;
    total += *number * found->factor;
  }
  if (total > 1e18) return std::nullopt;  // 31 years; beyond it nanoseconds overflow.
  return Nanoseconds(static_cast<Nanoseconds::rep>(std::llround(total)));
}

std::optional<double> parse_rate(std::string_view text) {
  const std::optional<double> number = take_number(text);
  if (!number) return std::nullopt;
  if (text == "/s") return *number;
  if (text == "/m") return *number / 60;
  if (text == "/h") return *number / 3600;
  return std::nullopt;
}

std::optional<double> parse_share(std::string_view text) {
  const std::optional<double> number = take_number(text);
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  if (!number || text != "%") return std::nullopt;
  return *number / 100;
}

std::optional<double> parse_number(std::string_view text) {
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || !std::isfinite(value)) {
    return std::nullopt;
  }
  return value;
}

std::string format_duration(Nanoseconds time) {
  std::string text;
  std::int64_t rest = time.count();
  for (auto unit = kDurationUnits.rbegin(); unit != kDurationUnits.rend(); ++unit) {
    const auto factor = static_cast<std::int64_t>(unit->factor);
    if (rest >= factor) text += fmt::format("{}{}", rest / factor, unit->name);
    rest %= factor;
  }
  return text.empty() ? "0s" : text;
}

std::string format_latency(Nanoseconds time) {
  const double us = static_cast<double>(time.count()) / 1e3;
  if (us < 999.5) return three_digits(us) + " us";
  if (us < 999.5e3) return three_digits(us / 1e3) + " ms";
  return three_digits(us / 1e6) + " s";
}

std::string format_share(double share) {
  const double percent = share * 100;
  if (std::abs(percent) >= 9.95) return fmt::format("{:.0f} %", percent);
  if (percent == 0) return "0 %";
  return fmt::format("{:.{}f} %", percent, std::abs(percent) >= 0.995 ? 1 : 2);
}

std::string format_size(std::uint64_t bytes) {
  const auto value = static_cast<double>(bytes);
  if (value < 1e3) return fmt::format("{} B", bytes);
  if (value < 999.5e3) return three_digits(value / 1e3) + " kB";
  if (value < 999.5e6) return three_digits(value / 1e6) + " MB";
  return three_digits(value / 1e9) + " GB";
}

}  // namespace loadgate
