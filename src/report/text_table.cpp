#include "report/text_table.h"

#include <algorithm>
#include <cassert>

#include "base/text.h"
#include "report/foreign_text.h"

namespace loadgate::report {
namespace {

constexpr std::size_t kIndent = 2;
constexpr std::size_t kNarrowest = 12;  // Of the flexible column: less tells nothing.

std::string_view code_of(Tone tone) {
  switch (tone) {
    case Tone::plain:
      return "";
    case Tone::good:
      return "\x1b[32m";
    case Tone::bad:
      return "\x1b[31m";
    case Tone::doubtful:
      return "\x1b[33m";
    case Tone::strong:
      return "\x1b[1m";
    case Tone::quiet:
      break;
  }
  return "\x1b[2m";
}

}  // namespace

std::string painted(std::string_view text, Tone tone, bool color) {
  if (!color || tone == Tone::plain || text.empty()) return std::string(text);
  return std::string(code_of(tone)).append(text).append("\x1b[0m");
}

std::string wrapped(std::string_view text, std::size_t indent, std::size_t width) {
  const std::size_t room = std::max(width, indent + kNarrowest) - indent;
  std::string out;
  std::string line;
  const auto finish = [&] {
    out.append(indent, ' ').append(line).append("\n");
    line.clear();
  };
  for (const std::string_view word : split(text, ' ')) {
    const std::string shown = cut_middle(word, room);
    if (!line.empty() && characters(line) + 1 + characters(shown) > room) finish();
    if (!line.empty()) line += ' ';
    line += shown;
  }
  if (!line.empty()) finish();
  return out;
}

TextTable::TextTable(std::vector<Column> columns, std::size_t flexible)
    : columns_(std::move(columns)), flexible_(flexible) {}

void TextTable::add(std::vector<Cell> cells, std::string note) {
  assert(cells.size() == columns_.size());
  rows_.push_back({std::move(cells), std::move(note)});
}

std::size_t TextTable::Layout::total() const {
  std::size_t sum = kIndent;
  for (std::size_t i = 0; i < widths.size(); ++i) {
    if (shown[i]) sum += widths[i] + gap;
  }
  return sum - gap;
}

TextTable::Layout TextTable::natural_layout() const {
  Layout result;
  for (const Column& column : columns_) result.widths.push_back(characters(column.title));
  for (const Row& row : rows_) {
    for (std::size_t i = 0; i < columns_.size(); ++i) {
      result.widths[i] = std::max(result.widths[i], characters(row.cells[i].text));
    }
  }
  result.shown.assign(columns_.size(), true);
  return result;
}

TextTable::Layout TextTable::layout(std::size_t width) const {
  Layout result = natural_layout();
  for (std::size_t i = columns_.size(); i-- > 0 && result.total() > width;) {
    if (columns_[i].need == Need::spare) result.shown[i] = false;
  }
  if (result.total() > width) result.gap = 1;
  std::size_t& flexible = result.widths[flexible_];
  const std::size_t excess = result.total() - std::min(result.total(), width);
  flexible = std::max(std::min(flexible, kNarrowest), flexible - std::min(flexible, excess));
  return result;
}

bool TextTable::has_titles() const {
  return std::any_of(columns_.begin(), columns_.end(),
                     [](const Column& column) { return !column.title.empty(); });
}

std::string TextTable::line(const std::vector<Cell>& cells, const Layout& layout,
                            bool color) const {
  std::string out(kIndent, ' ');
  for (std::size_t i = 0; i < cells.size(); ++i) {
    if (!layout.shown[i]) continue;
    const std::string text = cut_middle(cells[i].text, layout.widths[i]);
    const std::size_t padding = layout.widths[i] - characters(text);
    const bool is_left = columns_[i].align == Align::left;
    if (!is_left) out.append(padding, ' ');
    out += painted(text, cells[i].tone, color);
    out.append((is_left ? padding : 0) + layout.gap, ' ');
  }
  out.resize(out.find_last_not_of(' ') + 1);
  return out + "\n";
}

std::string TextTable::render(std::size_t width, bool color) const {
  const Layout measures = layout(width);
  std::string out;
  if (has_titles()) {
    std::vector<Cell> titles;
    for (const Column& column : columns_) titles.push_back({column.title, Tone::quiet});
    out += line(titles, measures, color);
  }
  for (const Row& row : rows_) {
    out += line(row.cells, measures, color);
    if (!row.note.empty()) out += wrapped(row.note, kIndent + 3, width);
  }
  return out;
}

}  // namespace loadgate::report
