#include "reader/plan_text.h"

#include <algorithm>

#include "base/text.h"

namespace loadgate::reader {

PlanText::PlanText(std::string_view text, std::size_t number) : text_(text), number_(number) {
  if (text_.starts_with("\xEF\xBB\xBF")) text_.remove_prefix(3);
  starts_.push_back(0);
  for (std::size_t i = 0; i < text_.size(); ++i) {
    if (text_[i] == '\n') starts_.push_back(i + 1);
  }
}

std::string_view PlanText::line(int number) const {
  const auto index = static_cast<std::size_t>(number - 1);
  if (number < 1 || index >= starts_.size()) return {};
  std::string_view rest = text_.substr(starts_[index]);
  rest = rest.substr(0, rest.find('\n'));
  if (rest.ends_with('\r')) rest.remove_suffix(1);
  return rest;
}

Place PlanText::place(Span span, const std::string& file) const {
  const std::size_t offset = std::min(span.offset, text_.size());
  const auto after = std::upper_bound(starts_.begin(), starts_.end(), offset);
  const auto number = static_cast<int>(after - starts_.begin());
  const std::string_view whole = line(number);
  const std::size_t before = std::min(offset - *(after - 1), whole.size());
  const std::string_view marked = whole.substr(before, span.length);
  return {.file = file,
          .line = number,
          .column = static_cast<int>(characters(whole.substr(0, before))) + 1,
          .length = std::max(1, static_cast<int>(characters(marked)))};
}

}  // namespace loadgate::reader
