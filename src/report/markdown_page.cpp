#include "report/markdown_page.h"

#include <fmt/format.h>

#include <utility>

namespace loadgate::report {
namespace {

// For the end of a fold and the words that say what is left out.
constexpr std::size_t kReserve = 400;

std::string line_of(const MarkdownPage::Row& cells) {
  std::string line = "|";
  for (const std::string& cell : cells) line += ' ' + cell + " |";
  return line + '\n';
}

std::string head_of(const std::vector<MarkdownPage::Column>& columns) {
  MarkdownPage::Row titles, rules;
  for (const MarkdownPage::Column& column : columns) {
    titles.emplace_back(column.title);
    rules.emplace_back(column.is_number ? "--:" : ":--");
  }
  return '\n' + line_of(titles) + line_of(rules);
}

}  // namespace

MarkdownPage::MarkdownPage(std::size_t most_bytes, std::string end) : end_(std::move(end)) {
  const std::size_t reserved = end_.size() + kReserve;
  room_ = most_bytes > reserved ? most_bytes - reserved : 0;
}

bool MarkdownPage::fits(std::size_t bytes) {
  if (left_out_ > 0 || text_.size() + bytes > room_) ++left_out_;
  return left_out_ == 0;
}

void MarkdownPage::add(const std::string& block) {
  if (fits(block.size())) text_ += block;
}

void MarkdownPage::table(const std::vector<Column>& columns, const std::vector<Row>& rows) {
  if (rows.empty()) return;
  const std::string head = head_of(columns);
  // A head without a row would look as if there were none.
  if (!fits(head.size() + line_of(rows.front()).size())) {
    left_out_ += rows.size() - 1;
    return;
  }
  text_ += head;
  for (const Row& row : rows) add(line_of(row));
}

bool MarkdownPage::begin_fold(std::string_view title) {
  const std::string begin = fmt::format("\n<details><summary>{}</summary>\n", title);
  if (!fits(begin.size())) return false;
  text_ += begin;
  return true;
}

std::string MarkdownPage::finish() {
  if (room_ == 0) return {};
  if (left_out_ > 0) {
    text_ += fmt::format(
        "\n**Cut here:** {} more rows and paragraphs do not fit into what GitHub shows of a job "
        "(1 MiB). All of it is in report.html and result.json.\n",
        left_out_);
  }
  return text_ + end_;
}

}  // namespace loadgate::report
