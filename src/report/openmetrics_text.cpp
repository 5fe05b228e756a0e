#include "report/openmetrics_text.h"

#include <fmt/format.h>

#include <cmath>
#include <utility>

#include "report/foreign_text.h"

namespace loadgate::report {
namespace {

constexpr std::size_t kLongestLabel = 300;

std::string escaped(std::string_view foreign) {
  std::string out;
  for (const char c : terminal_line(foreign, kLongestLabel)) {
    if (c == '\\' || c == '"') out += '\\';
    out += c;
  }
  return out;
}

std::string text_of(const Labels& labels) {
  std::string text;
  for (const auto& [name, value] : labels) {
    text += fmt::format("{}{}=\"{}\"", text.empty() ? "" : ",", name, escaped(value));
  }
  return text.empty() ? text : '{' + text + '}';
}

}  // namespace

void OpenMetricsText::family(std::string_view name, std::string_view type, std::string_view unit,
                             std::string_view help) {
  name_ = name;
  written_.clear();
  header_ = fmt::format("# TYPE {} {}\n", name, type);
  if (!unit.empty()) header_ += fmt::format("# UNIT {} {}\n", name, unit);
  header_ += fmt::format("# HELP {} {}\n", name, help);
}

void OpenMetricsText::sample(const Labels& labels, double value) {
  if (!std::isfinite(value)) return;
  std::string series = name_ + text_of(labels);
  if (!written_.insert(series).second) return;
  // A family without samples is not written at all.
  text_ += std::exchange(header_, {});
  text_ += fmt::format("{} {}\n", series, value);
}

std::string OpenMetricsText::take() { return std::move(text_) + "# EOF\n"; }

}  // namespace loadgate::report
