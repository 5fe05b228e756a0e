#include "report/foreign_text.h"

#include <algorithm>

#include "base/text.h"

namespace loadgate::report {
namespace {

// Where character number `index` begins; the end where there are fewer.
std::size_t offset_of(std::string_view text, std::size_t index) {
  std::size_t seen = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool begins = (static_cast<unsigned char>(text[i]) & 0xC0U) != 0x80U;
    if (begins && seen++ == index) return i;
  }
  return text.size();
}

// What is worth cleaning of a text of which `longest` characters will be shown: both
// ends of it, so that a megabyte costs no more than a page.
std::string both_ends(std::string_view text, std::size_t longest) {
  const std::size_t bytes = 4 * (longest + 1);  // UTF-8 needs at most 4 for a character.
  if (text.size() <= 2 * bytes) return std::string(text);
  std::string_view end = text.substr(text.size() - bytes);
  while (!end.empty() && (static_cast<unsigned char>(end[0]) & 0xC0U) == 0x80U) {
    end.remove_prefix(1);
  }
  return std::string(truncated(text, bytes)).append(end);
}

void unify_line_ends(std::string& text) {
  std::size_t out = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool before_newline = text[i] == '\r' && i + 1 < text.size() && text[i + 1] == '\n';
    if (!before_newline) text[out++] = text[i];
  }
  text.resize(out);
}

}  // namespace

std::string cut_middle(std::string_view text, std::size_t longest) {
  const std::size_t length = characters(text);
  if (length <= longest) return std::string(text);
  if (longest == 0) return {};
  const std::size_t front = longest / 2;
  const std::size_t back = longest - 1 - front;
  std::string out(text.substr(0, offset_of(text, front)));
  out += "…";
  out += text.substr(offset_of(text, length - back));
  return out;
}

std::string terminal_line(std::string_view text, std::size_t longest) {
  return cut_middle(printable(both_ends(text, longest)), longest);
}

std::string page_text(std::string_view text, std::size_t longest) {
  std::string shown = both_ends(text, longest);
  unify_line_ends(shown);
  return cut_middle(printable(shown, Newlines::keep), longest);
}

std::string xml_text(std::string_view text, std::size_t longest) {
  const std::string valid = valid_utf8(both_ends(text, longest));
  std::string out;
  for (std::string_view rest = valid; !rest.empty();) {
    const std::size_t length = std::max<std::size_t>(offset_of(rest, 1), 1);
    const std::string_view character = rest.substr(0, length);
    rest.remove_prefix(length);
    const bool is_space = character == "\n" || character == "\t";
    const bool is_forbidden = character == "\xEF\xBF\xBE" || character == "\xEF\xBF\xBF";
    // printable() knows the rest: C0, DEL, C1 and what turns a line around.
    if (is_space || (!is_forbidden && printable(character) == character)) out += character;
  }
  return cut_middle(out, longest);
}

}  // namespace loadgate::report
