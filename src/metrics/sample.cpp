#include "metrics/sample.h"

#include <array>
#include <cstddef>

namespace loadgate::metrics {

namespace {

constexpr auto kNames = std::to_array<std::string_view>({
    "none",
    "could not resolve",
    "could not connect",
    "TLS",
    "timed out",
    "connection lost",
    "protocol",
    "unexpected status",
    "capture failed",
    "out of descriptors",
    "check failed",
    "no user free",
    "cancelled",
});
static_assert(kNames.size() == kErrorKinds);
static_assert(static_cast<std::size_t>(ErrorKind::cancelled) + 1 == kErrorKinds);

}  // namespace

std::string_view name_of(ErrorKind kind) { return kNames[static_cast<std::size_t>(kind)]; }

ErrorKind error_kind_named(std::string_view name) {
  for (std::size_t i = 0; i < kNames.size(); ++i) {
    if (kNames[i] == name) return static_cast<ErrorKind>(i);
  }
  return ErrorKind::none;
}

}  // namespace loadgate::metrics
