#include "live/progress_line.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <vector>

#include "base/text.h"
#include "base/units.h"

namespace loadgate::live {
namespace {

constexpr Nanoseconds kBetweenLines = std::chrono::seconds(10);
constexpr int kNarrowest = 20;
constexpr std::size_t kWide = 120;
// To the margin, and away with what stood there. The clearing comes first: behind a
// full line it would take the last character with it.
constexpr std::string_view kClearLine = "\r\x1b[K";

std::string whole_seconds(Nanoseconds time) {
  return format_duration(std::chrono::floor<std::chrono::seconds>(time));
}

// What one line is made of, in order. The higher the rank, the sooner a part is left out.
struct Part {
  std::string text;
  int rank;
};

std::vector<Part> parts_of(const load::Progress& now) {
  std::vector<Part> parts = {
      {printable(now.stage), 0},
      {whole_seconds(now.elapsed) + " of " + whole_seconds(now.length), 0},
  };
  if (now.rate > 0) parts.push_back({fmt::format("at {:.0f}/s", now.rate), 4});
  parts.push_back({counted(now.users, "user"), 3});
  parts.push_back({fmt::format("{:.0f} requests/s", now.requests_per_second), 2});
  if (now.p95.count() > 0) parts.push_back({"p95 " + format_latency(now.p95), 1});
  parts.push_back({fmt::format("{} failed", now.failures), 1});
  return parts;
}

std::string joined(const std::vector<Part>& parts, int highest_rank) {
  std::string text;
  for (const Part& part : parts) {
    if (part.rank > highest_rank) continue;
    text += (text.empty() ? "" : "  ") + part.text;
  }
  return text;
}

constexpr int kAllRanks = 4;

std::string text_of(const load::Progress& now) { return joined(parts_of(now), kAllRanks); }

std::string bar_of(const load::Progress& now) {
  constexpr int kCells = 20;
  const double share = now.length.count() > 0 ? seconds(now.elapsed) / seconds(now.length) : 0;
  const int done = static_cast<int>(std::clamp(share, 0.0, 1.0) * kCells);
  std::string bar;
  for (int cell = 0; cell < kCells; ++cell) bar += cell < done ? "━" : "·";
  return bar;
}

std::string cut(const std::string& text, std::size_t width) {
  if (characters(text) <= width) return text;
  std::string_view shown = text;
  while (characters(shown) > width - 1) shown = truncated(shown, shown.size() - 1);
  return std::string(shown) + "…";
}

std::string fitting(const load::Progress& now, std::size_t width) {
  const std::vector<Part> parts = parts_of(now);
  int rank = kAllRanks;
  while (rank > 0 && characters(joined(parts, rank)) > width) --rank;
  return cut(joined(parts, rank), width);
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
  const std::string bar = width_ >= kWide ? bar_of(now) + "  " : "";
  out_ << kClearLine << bar << fitting(now, width_ - characters(bar)) << std::flush;
  is_drawn_ = true;
}

void ProgressLine::write_line(const load::Progress& now) {
  out_ << text_of(now) << '\n' << std::flush;
  // A run that was held up for a while owes one line, not all it missed.
  while (next_line_ <= now.elapsed) next_line_ += kBetweenLines;
}

}  // namespace loadgate::live
