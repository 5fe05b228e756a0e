#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "reader/plan_text.h"
#include "reader/reader.h"

namespace loadgate::reader {
namespace {

constexpr std::size_t kWidest = 120;  // Characters of a line that are shown.
constexpr std::size_t kBefore = 40;   // Of those before the caret, where a line is cut.

// The bytes of `count` characters from character `first` on.
std::string_view some_characters(std::string_view text, std::size_t first, std::size_t count) {
  const auto offset_of = [&](std::size_t wanted) {
    std::size_t at = 0, seen = 0;
    while (at < text.size()) {
      const bool begins = (static_cast<unsigned char>(text[at]) & 0xC0U) != 0x80U;
      if (begins && seen++ == wanted) break;
      ++at;
    }
    return at;
  };
  const std::size_t begin = offset_of(first);
  return text.substr(begin, offset_of(first + count) - begin);
}

// One row of source with its caret below. The text is made printable character by
// character, so columns stay where they are.
std::string excerpt(const Problem& problem, std::string_view line) {
  const std::string shown = printable(line);
  const std::size_t width = characters(shown);
  const auto column = static_cast<std::size_t>(std::max(problem.place.column, 1)) - 1;
  const std::size_t first = width > kWidest && column > kBefore ? column - kBefore : 0;
  const std::size_t room = std::max<std::size_t>(kWidest, column - first + 1) - (column - first);
  const std::size_t carets =
      std::min(static_cast<std::size_t>(std::max(problem.place.length, 1)), room);
  const std::string_view cut = some_characters(shown, first, kWidest);
  std::string out = fmt::format("{:>5} |{}{}\n", problem.place.line, cut.empty() ? "" : " ", cut);
  out +=
      fmt::format("{:>5} | {}{}", "", std::string(column - first, ' '), std::string(carets, '^'));
  if (!problem.hint.empty()) out += ' ' + printable(problem.hint);
  return out + '\n';
}

}  // namespace

std::string render(const Problems& problems, const Texts& texts) {
  std::string out;
  for (const Problem& problem : problems) {
    const Place& place = problem.place;
    const std::string file = printable(place.file);
    const std::string what = printable(problem.text);
    if (place.line > 0) {
      out += fmt::format("{}:{}:{}: {}\n", file, place.line, place.column, what);
      const auto text = texts.find(place.file);
      const PlanText lines(text == texts.end() ? std::string_view() : text->second);
      out += excerpt(problem, lines.line(place.line));
    } else {
      out += fmt::format("{}: {}\n", file, what);
      if (!problem.hint.empty()) out += fmt::format("{:>5}   {}\n", "", printable(problem.hint));
    }
  }
  return out;
}

}  // namespace loadgate::reader
