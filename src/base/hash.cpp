#include "base/hash.h"

#include <fmt/format.h>

#include <cstdint>

namespace loadgate {

std::string fingerprint_of(std::string_view text) {
  std::uint64_t hash = 0xCBF29CE484222325U;
  for (const char c : text) {
    hash ^= static_cast<unsigned char>(c);
    hash *= 0x100000001B3U;
  }
  return fmt::format("{:016x}", hash);
}

}  // namespace loadgate
