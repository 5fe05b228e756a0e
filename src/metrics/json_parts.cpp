#include "metrics/json_parts.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <nlohmann/json.hpp>
#include <optional>

#include "base/text.h"
#include "metrics/run_result_names.h"

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

plan::Metric metric_at(const JsonCursor& at) {
  const std::string word = at.text();
  const std::optional<plan::Metric> metric = plan::metric_named(word);
  if (!metric) complain_about_word(at, word);
  return metric.value_or(plan::Metric::p95);
}

Place place_at(const JsonCursor& at) {
  return {.file = at["file"].text(),
          .line = at["line"].count_as<int>(),
          .column = at["column"].count_as<int>(),
          .length = at["length"].count_as<int>()};
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

nlohmann::json json_of(const plan::Threshold& threshold) {
  return {{"text", threshold.text},
          {"metric", plan::name_of(threshold.metric)},
          {"comparison", name_of(threshold.comparison)},
          {"limit", finite(threshold.limit)},
          {"relative_to_baseline", threshold.relative_to_baseline},
          {"request", threshold.request},
          {"stage", threshold.stage},
          {"aborts", threshold.aborts},
          {"after_ns", threshold.after.count()},
          {"place",
           {{"file", threshold.place.file},
            {"line", threshold.place.line},
            {"column", threshold.place.column},
            {"length", threshold.place.length}}}};
}

plan::Threshold threshold_at(const JsonCursor& at) {
  return {.text = at["text"].text(),
          .metric = metric_at(at["metric"]),
          .comparison = word_at<plan::Comparison>(at["comparison"], kComparisons),
          .limit = at["limit"].number(),
          .relative_to_baseline = at["relative_to_baseline"].flag(),
          .request = at["request"].text(),
          .stage = at["stage"].text(),
          .aborts = at["aborts"].flag(),
          .after = at["after_ns"].time(),
          .place = place_at(at["place"])};
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

nlohmann::json json_of(const Interval& interval) {
  return {{"from_ns", interval.from.count()}, {"to_ns", interval.to.count()}};
}

Interval interval_at(const JsonCursor& at) {
  const Interval interval = {.from = at["from_ns"].time(), .to = at["to_ns"].time()};
  if (interval.to < interval.from) at.complain("ends before it begins");
  return interval;
}

ErrorKind error_kind_at(const JsonCursor& at, std::string_view word) {
  const ErrorKind kind = error_kind_named(word);
  if (kind == ErrorKind::none || kind == ErrorKind::cancelled) complain_about_word(at, word);
  return kind;
}

std::uint64_t index_at(const JsonCursor& at, std::size_t size, std::string_view list) {
  const std::uint64_t index = at.count();
  if (index >= size) at.complain(fmt::format("there is no {}[{}]", list, index));
  return index;
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

void complain_about_word(const JsonCursor& at, std::string_view word) {
  at.complain(fmt::format("unknown word \"{}\"", printable(truncated(word, 40))));
}

}  // namespace loadgate::metrics
