// Any text is a threshold or says where it is wrong; what it says of itself is read again
// as the same.

#include <cassert>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "plan/threshold.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace loadgate::plan;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto threshold = parse_threshold(text);
  if (!threshold) {
    assert(!threshold.error().text.empty() && threshold.error().offset <= text.size());
    return 0;
  }
  assert(std::isfinite(threshold->limit));
  const auto again = parse_threshold(threshold->text);
  assert(again && again->limit == threshold->limit && again->metric == threshold->metric);
  return 0;
}
