#include "metrics/json_parts.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <nlohmann/json.hpp>
#include <optional>

#include "base/text.h"

namespace loadgate::metrics {

namespace {

constexpr std::string_view kTimeShape = "0000-00-00T00:00:00.000Z";

bool has_shape_of_a_time(std::string_view text) {
  return std::ranges::equal(text, kTimeShape, [](char found, char shape) {
    return shape == '0' ? found >= '0' && found <= '9' : found == shape;
  });
}

std::optional<WallTime> parse_time(std::string_view text) {
  if (!has_shape_of_a_time(text)) return std::nullopt;
  const auto digits = [&](std::size_t from, std::size_t count) {
    int value = 0;
    for (const char digit : text.substr(from, count)) value = value * 10 + (digit - '0');
    return value;
  };
  const std::chrono::year_month_day day{std::chrono::year(digits(0, 4)),
                                        std::chrono::month(static_cast<unsigned>(digits(5, 2))),
                                        std::chrono::day(static_cast<unsigned>(digits(8, 2)))};
  if (!day.ok() || digits(11, 2) > 23 || digits(14, 2) > 59 || digits(17, 2) > 59) return {};
  return WallTime(std::chrono::sys_days(day)) + std::chrono::hours(digits(11, 2)) +
         std::chrono::minutes(digits(14, 2)) + std::chrono::seconds(digits(17, 2)) +
         std::chrono::milliseconds(digits(20, 3));
}

}  // namespace

nlohmann::json json_of(const Environment& environment) {
  return {{"cpu_model", environment.cpu_model},        {"cores", environment.cores},
          {"memory_gb", environment.memory_gb},        {"os", environment.os},
          {"in_container", environment.in_container},  {"boot", environment.boot},
          {"hostname_hash", environment.hostname_hash}};
}

Environment environment_at(const JsonCursor& at) {
  return {.cpu_model = at["cpu_model"].text(),
          .cores = at["cores"].count_as<unsigned>(),
          .memory_gb = at["memory_gb"].count_as<unsigned>(),
          .os = at["os"].text(),
          .in_container = at["in_container"].flag(),
          .boot = at["boot"].text(),
          .hostname_hash = at["hostname_hash"].text()};
}

std::string text_of(WallTime time) {
  const auto second = std::chrono::floor<std::chrono::seconds>(time);
  std::string text = iso8601(second);
  text.pop_back();
  return fmt::format("{}.{:03}Z", text, (time - second).count());
}

WallTime wall_time_at(const JsonCursor& at) {
  const std::optional<WallTime> time = parse_time(at.text());
  if (!time) at.complain(fmt::format("expected a time like {}", text_of(WallTime())));
  return time.value_or(WallTime());
}

Histogram histogram_at(const JsonCursor& at) {
  Result<Histogram> histogram = Histogram::decode(at.text());
  if (!histogram) at.complain(histogram.error().text);
  return histogram ? *std::move(histogram) : Histogram();
}

double finite(double value) {
  constexpr double kMost = std::numeric_limits<double>::max();
  return std::isnan(value) ? 0 : std::clamp(value, -kMost, kMost);
}

}  // namespace loadgate::metrics
