#include "reader/scalar_span.h"

#include <algorithm>

#include "base/text.h"

namespace loadgate::reader {
namespace {

// The index of the quote that closes the one at `open`, or npos.
std::size_t closing_quote(std::string_view text, std::size_t open) {
  const char quote = text[open];
  for (std::size_t i = open + 1; i < text.size(); ++i) {
    if (quote == '"' && text[i] == '\\') {
      ++i;
    } else if (text[i] == quote) {
      const bool is_doubled = quote == '\'' && i + 1 < text.size() && text[i + 1] == '\'';
      if (!is_doubled) return i;
      ++i;
    }
  }
  return std::string_view::npos;
}

std::size_t rest_of_line(std::string_view text, std::size_t offset) {
  const std::string_view rest = text.substr(offset);
  return trimmed(rest.substr(0, rest.find('\n'))).size();
}

}  // namespace

std::size_t skip_properties(std::string_view text, std::size_t offset) {
  while (offset < text.size() && (text[offset] == '&' || text[offset] == '!')) {
    offset = std::min(text.find_first_of(" \t\r\n", offset), text.size());
    offset = std::min(text.find_first_not_of(" \t\r\n", offset), text.size());
  }
  return offset;
}

std::optional<Span> scalar_span(std::string_view text, std::size_t offset, std::string_view value) {
  const std::size_t begin = skip_properties(text, offset);
  if (begin >= text.size()) return Span{begin, 1};
  const char first = text[begin];
  if (first == '"' || first == '\'') {
    const std::size_t end = closing_quote(text, begin);
    if (end == std::string_view::npos) return std::nullopt;
    return Span{begin, end - begin + 1};
  }
  if (first == '|' || first == '>') return Span{begin, 1};
  const bool is_one_line = !value.empty() && text.substr(begin).starts_with(value);
  return Span{begin,
              is_one_line ? value.size() : std::max<std::size_t>(1, rest_of_line(text, begin))};
}

}  // namespace loadgate::reader
