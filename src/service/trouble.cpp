#include "service/trouble.h"

#include <fmt/format.h>

namespace loadgate::service {

std::vector<std::string> Trouble::reasons() const {
  if (log.empty()) return {sentence};
  if (last_lines.empty()) return {sentence + ", and printed nothing"};
  std::vector<std::string> reasons{fmt::format("{}: {}", sentence, last_lines.back())};
  if (last_lines.size() > 1) {
    reasons.push_back(
        fmt::format("the last lines in {}: {}", log.string(), fmt::join(last_lines, " ⏎ ")));
  }
  return reasons;
}

}  // namespace loadgate::service
