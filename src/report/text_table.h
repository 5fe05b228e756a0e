#pragma once

// A table of a terminal: columns aligned by characters. Where the lines would become longer
// than the terminal is wide, spare columns are left out, then one column is cut. One thread.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace loadgate::report {

enum class Tone : std::uint8_t { plain, good, bad, doubtful, strong, quiet };

// `text` in the tone's colour, or as it is.
std::string painted(std::string_view text, Tone tone, bool color);

// Breaks `text` at blanks into lines of at most `width` characters, each behind `indent`.
std::string wrapped(std::string_view text, std::size_t indent, std::size_t width);

struct Cell {
  std::string text;  // Already printable.
  Tone tone = Tone::plain;
};

enum class Align : std::uint8_t { left, right };

enum class Need : std::uint8_t { always, spare };  // spare: only where there is room for it.

struct Column {
  std::string title;
  Align align = Align::left;
  Need need = Need::always;
};

class TextTable {
 public:
  // `flexible`: the column that is cut in the middle where space is short.
  TextTable(std::vector<Column> columns, std::size_t flexible);

  // REQUIRES: a cell for each column. `note` stands under the row.
  void add(std::vector<Cell> cells, std::string note = {});

  bool empty() const { return rows_.empty(); }
  std::string render(std::size_t width, bool color) const;

 private:
  struct Row {
    std::vector<Cell> cells;
    std::string note;
  };
  struct Layout {
    std::vector<std::size_t> widths;
    std::vector<bool> shown;
    std::size_t gap = 2;
    std::size_t total() const;
  };

  Layout natural_layout() const;  // Nothing cut, nothing left out.
  Layout layout(std::size_t width) const;
  bool has_titles() const;
  std::string line(const std::vector<Cell>& cells, const Layout& layout, bool color) const;

  std::vector<Column> columns_;
  std::size_t flexible_;
  std::vector<Row> rows_;
};

}  // namespace loadgate::report
