#pragma once

// What the sections of the console report are written with. Inside report only; one thread.

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>

#include "base/text.h"
#include "gate/summary.h"
#include "report/foreign_text.h"
#include "report/text_table.h"
#include "report/wording.h"

namespace loadgate::report {

inline constexpr std::size_t kNarrowestTerminal = 40;
inline constexpr std::size_t kWidestProse = 100;  // Longer lines are hard to read.
inline constexpr std::size_t kWide = 120;         // Where names of stages need not be cut.
inline constexpr std::size_t kLongestName = 200;
inline constexpr std::size_t kLongestSentence = 1000;

struct Page {
  bool color = false;
  std::size_t width = 80;
  std::string text{};

  std::size_t prose() const { return std::min(width, kWidestProse); }

  void heading(std::string_view title) {
    text += fmt::format("\n{}\n", painted(title, Tone::strong, color));
  }
  void sentence(std::string_view foreign, std::size_t indent = 2) {
    text += wrapped(terminal_line(foreign, kLongestSentence), indent, prose());
  }
  // A sentence whose sign stands out to the left.
  void item(std::string_view sign, std::string_view foreign) {
    const std::size_t indent = 3 + characters(sign);
    const std::string lines = wrapped(terminal_line(foreign, kLongestSentence), indent, prose());
    text += fmt::format("  {} {}", sign, lines.substr(std::min(indent, lines.size())));
  }
  void table(const TextTable& table) { text += table.render(width, color); }
};

inline std::string shown(std::string_view foreign) { return terminal_line(foreign, kLongestName); }

inline Tone tone_of(gate::Outcome outcome) {
  if (outcome == gate::Outcome::pass) return Tone::good;
  return outcome == gate::Outcome::fail ? Tone::bad : Tone::doubtful;
}

inline Cell sign_cell(gate::Outcome outcome) {
  return {std::string(sign_of(outcome)), tone_of(outcome)};
}

// What the run was compared with: stored runs or the base build.
void write_against(Page& page, const gate::Summary& summary);

}  // namespace loadgate::report
