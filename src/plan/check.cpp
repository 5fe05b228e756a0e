#include "plan/check.h"

#include <fmt/format.h>

#include <algorithm>

namespace loadgate::plan {
namespace {

std::string text_of(const StatusRule::Range& range) {
  if (range.lowest == range.highest) return fmt::format("{}", range.lowest);
  return fmt::format("{}xx", range.lowest / 100);
}

}  // namespace

bool StatusRule::accepts(int status) const {
  if (ranges_.empty()) return status < 400;
  return std::any_of(ranges_.begin(), ranges_.end(), [&](const Range& range) {
    return status >= range.lowest && status <= range.highest;
  });
}

std::string StatusRule::text() const {
  if (ranges_.empty()) return "below 400";
  std::string text = text_of(ranges_.front());
  for (std::size_t i = 1; i < ranges_.size(); ++i) {
    text += i + 1 == ranges_.size() ? " or " : ", ";
    text += text_of(ranges_[i]);
  }
  return text;
}

}  // namespace loadgate::plan
