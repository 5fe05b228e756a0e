#include "server/faults.h"

#include <fmt/format.h>
#include <cmath>
#include <numbers>
#include <optional>

#include "base/units.h"

namespace loadgate::server {
namespace {

std::string as_percent(double share) { return fmt::format("{:g}%", share * 100); }

Result<double> share_of(const std::string& name, const std::string& value, double highest) {
  const std::optional<double> share = parse_share(value);
  if (!share) return failure(fmt::format("{}={} is not a share, for example 20%", name, value));
  if (*share > highest) {
    return failure(fmt::format("{}={} is more than {}", name, value, as_percent(highest)));
  }
  return *share;
}

Result<Nanoseconds> delay_of(const std::string& name, const std::string& value) {
  constexpr Nanoseconds kLongest = std::chrono::minutes(1);
  const std::optional<Nanoseconds> delay = parse_duration(value);
  if (!delay) return failure(fmt::format("{}={} is not a time, for example 200ms", name, value));
  if (*delay > kLongest) {
    return failure(fmt::format("{}={} is more than {}", name, value, format_duration(kLongest)));
  }
  return *delay;
}

template <class Value>
Result<void> keep(Result<Value> value, Value& in) {
  if (!value) return failure(value.error());
  in = *value;
  return {};
}

Result<void> read_fault(const std::string& name, const std::string& value, Faults& faults) {
  constexpr double kSlowest = 100;  // Times the usual time, more than that.
  if (name == "slower") return keep(share_of(name, value, kSlowest), faults.slower);
  if (name == "delayed") return keep(share_of(name, value, 1), faults.delayed_share);
  if (name == "delay") return keep(delay_of(name, value), faults.delay);
  if (name == "errors") return keep(share_of(name, value, 1), faults.error_share);
  return failure(
      fmt::format("there is no fault {}; faults are slower, delayed, delay, errors", name));
}

}  // namespace

Result<Faults> parse_faults(const std::vector<std::pair<std::string, std::string>>& query) {
  Faults faults;
  for (const auto& [name, value] : query) {
    const Result<void> read = read_fault(name, value, faults);
    if (!read) return failure(read.error());
  }
  const bool has_delay = faults.delay > Nanoseconds::zero();
  if (has_delay != (faults.delayed_share > 0)) {
    return failure("delayed and delay need each other, for example delayed=1%&delay=200ms");
  }
  return faults;
}

std::string format_faults(const Faults& faults) {
  return fmt::format("slower={}&delayed={}&delay={}&errors={}", as_percent(faults.slower),
                     as_percent(faults.delayed_share), format_duration(faults.delay),
                     as_percent(faults.error_share));
}

// Log-normal: never below zero and with the longer tail to the right that services have.
// Three percent: a p95 that is not just the median, yet repeats from run to run.
double Weather::spread() {
  constexpr double kSigma = 0.03;
  const double radius = std::sqrt(-2 * std::log(1 - random_.unit()));  // Box and Muller.
  return std::exp(kSigma * radius * std::cos(2 * std::numbers::pi * random_.unit()));
}

Response Weather::over(Response response) {
  const double factor = spread() * (1 + faults_.slower);
  response.service_time = from_seconds(seconds(response.service_time) * factor);
  // Drawn in any case, so that a fault does not change the others' sequence.
  const bool is_delayed = random_.unit() < faults_.delayed_share;
  const bool is_error = random_.unit() < faults_.error_share;
  if (is_delayed) response.service_time += faults_.delay;
  if (!is_error) return response;
  return {.status = 500,
          .body = R"({"error":"the demo was told to fail"})",
          .service_time = response.service_time};
}

}  // namespace loadgate::server
