#include "metrics/run_result.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/hash.h"

namespace loadgate::metrics {

std::string Environment::fingerprint() const {
  return fingerprint_of(
      fmt::format("{}\n{}\n{}\n{}\n{}", cpu_model, cores, memory_gb, os, in_container));
}

std::string Environment::text() const {
  return fmt::format("{}, {} core{}, {} GB, {}{}", cpu_model.empty() ? "unknown CPU" : cpu_model,
                     cores, cores == 1 ? "" : "s", memory_gb, os.empty() ? "unknown system" : os,
                     in_container ? ", container" : "");
}

Nanoseconds held_length(const RunResult& result, std::size_t stage) {
  if (!result.duet) return result.judging.stages[stage].held.length();
  constexpr Nanoseconds kLongest(std::int64_t{1} << 61);  // Made-up files must not overflow.
  Nanoseconds sum{};
  for (const Epoch& epoch : result.duet->epochs) {
    if (epoch.counts()) sum = std::min(sum + epoch.held.length(), kLongest);
  }
  return sum;
}

}  // namespace loadgate::metrics
