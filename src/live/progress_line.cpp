#include "live/progress_line.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>

#include "base/text.h"
#include "base/units.h"

namespace loadgate::live {
namespace {

constexpr Nanoseconds kBetweenLines = std::chrono::seconds(10);
constexpr int kNarrowest = 20;
// To the margin, and away with what stood there. The clearing comes first: behind a
// full line it would take the last character with it.
constexpr std::string_view kClearLine = "\r\x1b[K";

std::string whole_seconds(Nanoseconds time) {
  return format_duration(std::chrono::floor<std::chrono::seconds>(time));
}

std::string text_of(const load::Progress& now) {
  std::string text = fmt::format("{}  {} of {}  {} user{}  {:.0f} requests/s", printable(now.stage),
                                 whole_seconds(now.elapsed), whole_seconds(now.length), now.users,
                                 now.users == 1 ? "" : "s", now.requests_per_second);
  if (now.p95.count() > 0) text += "  p95 " + format_latency(now.p95);
  return text + fmt::format("  {} failed", now.failures);
}

std::string cut(const std::string& text, std::size_t width) {
  if (characters(text) <= width) return text;
  std::string_view shown = text;
  while (characters(shown) > width - 1) shown = truncated(shown, shown.size() - 1);
  return std::string(shown) + "…";
}

}  // namespace

ProgressLine::ProgressLine(std::ostream& out, bool is_terminal, int width)
    : out_(out),
      is_terminal_(is_terminal),
      width_(static_cast<std::size_t>(std::max(width, kNarrowest))),
      next_line_(kBetweenLines) {}

ProgressLine::~ProgressLine() {
  if (is_drawn_) out_ << kClearLine << std::flush;
}

void ProgressLine::progress(const load::Progress& now) {
  if (is_terminal_) {
    redraw(now);
  } else if (now.elapsed >= next_line_) {
    write_line(now);
  }
}

void ProgressLine::redraw(const load::Progress& now) {
  out_ << kClearLine << cut(text_of(now), width_) << std::flush;
  is_drawn_ = true;
}

void ProgressLine::write_line(const load::Progress& now) {
  out_ << text_of(now) << '\n' << std::flush;
  // A run that was held up for a while owes one line, not all it missed.
  while (next_line_ <= now.elapsed) next_line_ += kBetweenLines;
}

}  // namespace loadgate::live
