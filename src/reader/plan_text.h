#pragma once

// The text of the plan, or of a file that it includes, by lines: turns bytes into the line
// and column a person counts. Refers to the text, does not own it. Immutable, any thread.

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "base/place.h"

namespace loadgate::reader {

// Bytes of one of the texts that a plan consists of.
struct Span {
  std::size_t offset = 0;
  std::size_t length = 1;
  std::size_t text = 0;  // The plan's own is 0, included ones follow.
};

class PlanText {
 public:
  explicit PlanText(std::string_view text, std::size_t number = 0);

  // The text without a byte order mark; spans count from its start.
  std::string_view text() const { return text_; }

  std::size_t number() const { return number_; }
  Span span(std::size_t offset, std::size_t length) const { return {offset, length, number_}; }

  // Without its line break; empty where there is no such line. Lines count from 1.
  std::string_view line(int number) const;

  // At most to the end of the first line of the span.
  Place place(Span span, const std::string& file) const;

 private:
  std::string_view text_;
  std::size_t number_;
  std::vector<std::size_t> starts_;  // Of lines.
};

}  // namespace loadgate::reader
