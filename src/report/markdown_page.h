#pragma once

// A Markdown page that never becomes longer than it may: what does not fit is left out and
// counted, and the page says so. One thread.

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace loadgate::report {

class MarkdownPage {
 public:
  // The page with its `end` has at most `most_bytes`; `end` stands there whatever is left out.
  MarkdownPage(std::size_t most_bytes, std::string end);

  // Something whole: a paragraph, a heading, a block of code; it ends with a newline.
  void add(const std::string& block);

  struct Column {
    std::string_view title;
    bool is_number = false;
  };
  using Row = std::vector<std::string>;  // Cells that markdown_text() has made harmless.
  void table(const std::vector<Column>& columns, const std::vector<Row>& rows);

  // What a click shows; `inside` adds to this page.
  template <class Inside>
  void fold(std::string_view title, Inside inside) {
    if (!begin_fold(title)) return;
    inside();
    text_ += "\n</details>\n";
  }

  // Empty where not even the words that say so would fit. The page is over with it.
  std::string finish();

 private:
  bool begin_fold(std::string_view title);
  bool fits(std::size_t bytes);  // Once something did not, nothing does.

  std::size_t room_;
  std::string end_, text_;
  std::size_t left_out_ = 0;
};

}  // namespace loadgate::report
