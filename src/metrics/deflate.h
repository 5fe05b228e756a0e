#pragma once

// zlib for many small texts: its state is made once a thread and reused, because
// setting it up costs more than a window of a result takes. Any thread.

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace loadgate::metrics {

enum class Packing {
  stored,    // Not squeezed, yet a zlib stream like any other: five times as quick.
  smallest,  // As small as zlib can.
};

std::string deflated(std::string_view bytes, Packing packing);

// Nothing where `packed` is not one whole zlib stream of at most `most` bytes.
std::optional<std::string> inflated(std::string_view packed, std::size_t most);

}  // namespace loadgate::metrics
