#include "service/last_lines.h"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <string_view>

#include "base/text.h"

namespace loadgate::service {
namespace {

// Enough for ten lines that a person would read.
constexpr std::uintmax_t kTail = std::uintmax_t{64} * 1024;
constexpr std::size_t kLongestLine = 160;
constexpr std::size_t kLongestQuote = 800;

std::string tail_of(const std::filesystem::path& log, std::uintmax_t from) {
  std::error_code trouble;
  const std::uintmax_t size = std::filesystem::file_size(log, trouble);
  if (trouble || size <= from) return {};
  const bool is_cut = size - from > kTail;
  std::ifstream file(log, std::ios::binary);
  file.seekg(static_cast<std::streamoff>(is_cut ? size - kTail : from));
  std::string text{std::istreambuf_iterator<char>(file), {}};
  // Half a line could hold half a secret, which no mask finds.
  if (is_cut) text.erase(0, std::min(text.find('\n'), text.size()));
  return text;
}

std::string shortened(std::string_view line) {
  const std::string text = printable(trimmed(line));
  const std::string_view cut = truncated(text, kLongestLine);
  return cut.size() == text.size() ? text : std::string(cut) + "…";
}

}  // namespace

std::vector<std::string> last_lines(const std::filesystem::path& log, std::uintmax_t from,
                                    const Mask& mask) {
  const std::string text = mask(tail_of(log, from));
  std::vector<std::string> lines;
  std::size_t size = 0;
  const std::vector<std::string_view> all = split(text, '\n');
  for (auto line = all.rbegin(); line != all.rend() && lines.size() < kLastLines; ++line) {
    if (trimmed(*line).empty()) continue;
    lines.push_back(shortened(*line));
    size += lines.back().size();
    if (size < kLongestQuote) continue;
    if (lines.size() > 1) lines.pop_back();
    break;
  }
  std::reverse(lines.begin(), lines.end());
  return lines;
}

}  // namespace loadgate::service
