#include "report/markdown_text.h"

#include <algorithm>

#include "report/foreign_text.h"

namespace loadgate::report {
namespace {

// What begins markup anywhere in a line. A backslash takes its meaning away (CommonMark,
// "Backslash escapes"); "|" and "<" are entities, which end neither a cell nor a tag.
std::string_view escape_of(char c) {
  switch (c) {
    case '&':
      return "&amp;";
    case '<':
      return "&lt;";
    case '>':
      return "&gt;";
    case '|':
      return "&#124;";
    case '`':
      return "\\`";
    case '\\':
      return "\\\\";
    case '*':
      return "\\*";
    case '_':
      return "\\_";
    case '~':
      return "\\~";
    case '#':  // At the end of a heading.
      return "\\#";
    case '[':
      return "\\[";
    case ']':
      return "\\]";
    // GitHub looks for mentions, addresses and maths in what is rendered: an element of its
    // own hides them from that.
    case '@':
      return "<span>@</span>";
    case '$':
      return "<span>$</span>";
    default:
      return {};
  }
}

// "http://…" and "www.…" become links without any markup.
std::string_view escape_of_link(std::string_view text, std::size_t i) {
  if (text.substr(i, 3) == "://") return "&#58;";
  const bool is_after_www = i > 0 && (text[i - 1] == 'w' || text[i - 1] == 'W');
  return text[i] == '.' && is_after_www ? "&#46;" : "";
}

std::size_t longest_run(std::string_view text, char c) {
  std::size_t longest = 0, run = 0;
  for (const char one : text) {
    run = one == c ? run + 1 : 0;
    longest = std::max(longest, run);
  }
  return longest;
}

}  // namespace

std::string markdown_text(std::string_view foreign, std::size_t longest) {
  const std::string line = terminal_line(foreign, longest);
  std::string out;
  out.reserve(line.size());
  for (std::size_t i = 0; i < line.size(); ++i) {
    std::string_view escape = escape_of(line[i]);
    if (escape.empty()) escape = escape_of_link(line, i);
    if (escape.empty()) {
      out += line[i];
    } else {
      out += escape;
    }
  }
  return out;
}

std::string markdown_code(std::string_view foreign, std::string_view kind, std::size_t longest) {
  const std::string text = page_text(foreign, longest);
  // Only a fence at least as long ends the block.
  const std::string fence(std::max<std::size_t>(3, longest_run(text, '`') + 1), '`');
  std::string out = fence;
  out.append(kind).append("\n").append(text);
  if (!text.ends_with('\n')) out += '\n';
  return out + fence + '\n';
}

}  // namespace loadgate::report
