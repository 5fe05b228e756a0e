#pragma once

// A stream whose text the runner of GitHub Actions obeys in nothing. It reads both outputs of a
// step line by line, and does what lines tell it that begin with "::" behind any blanks, or
// hold "##[" anywhere (actions/runner, ActionCommand.cs). Passes all on at once, with a blank
// in what would be an order. Main thread.

#include <ostream>
#include <streambuf>

namespace loadgate::cli {

class HarmlessBuffer final : public std::streambuf {
 public:
  explicit HarmlessBuffer(std::ostream& out) : out_(out) {}

 protected:
  int_type overflow(int_type next) override;
  int sync() override;

 private:
  bool is_order(char next) const;

  std::ostream& out_;
  bool is_at_begin_ = true;  // Only blanks so far in this line, or one ":" behind them.
  char last_ = '\n', before_last_ = '\n';
};

// What is written to it goes to `target`, which outlives it.
class HarmlessStream final : public std::ostream {
 public:
  explicit HarmlessStream(std::ostream& target) : std::ostream(nullptr), buffer_(target) {
    rdbuf(&buffer_);
  }

 private:
  HarmlessBuffer buffer_;
};

}  // namespace loadgate::cli
