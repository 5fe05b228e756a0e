#include "metrics/run_result.h"

#include <fmt/format.h>

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

}  // namespace loadgate::metrics
