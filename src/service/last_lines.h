#pragma once

// What a service said last, from its log. Any thread.

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

namespace loadgate::service {

// How text may be shown: with secrets masked.
using Mask = std::function<std::string(std::string)>;

inline constexpr std::size_t kLastLines = 10;

// The last lines that say something, of what was written from byte `from` on; none where
// the log cannot be read. They are printable, and short enough to be read in a report.
std::vector<std::string> last_lines(const std::filesystem::path& log, std::uintmax_t from,
                                    const Mask& mask);

}  // namespace loadgate::service
