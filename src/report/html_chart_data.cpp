#include <fmt/format.h>

#include <cmath>
#include <iterator>
#include <nlohmann/json.hpp>

#include "report/foreign_text.h"
#include "report/html_axis.h"
#include "report/html_charts.h"

namespace loadgate::report {
namespace {

constexpr std::size_t kLongestName = 120;

// A string that can neither end the script it stands in nor begin anything in it.
std::string json_text(std::string_view text) {
  using nlohmann::json;
  const std::string plain =
      json(page_text(text, kLongestName)).dump(-1, ' ', true, json::error_handler_t::replace);
  std::string safe;
  for (const char character : plain) {
    const bool is_special = character == '<' || character == '>' || character == '&';
    if (is_special) {
      safe += fmt::format("\\u{:04x}", static_cast<unsigned>(character));
    } else {
      safe += character;
    }
  }
  return safe;
}

std::string number(double value) {
  return std::isfinite(value) ? fmt::format("{:.4g}", value) : "null";
}

std::string numbers(const gate::Curve::Levels& levels, double scale) {
  std::string text = "[";
  for (const std::optional<double>& level : levels) {
    if (text.size() > 1) text += ',';
    text += level ? number(*level * scale) : "null";
  }
  return text + "]";
}

template <class Range, class Make>
std::string list(const Range& items, Make make) {
  std::string text = "[";
  for (const auto& item : items) {
    if (text.size() > 1) text += ',';
    text += make(item);
  }
  return text + "]";
}

std::string span(metrics::Interval span) {
  return fmt::format("[{:.7g},{:.7g}]", seconds(span.from), seconds(span.to));
}

std::string curve_json(const gate::Curve& curve, const gate::Chart& chart) {
  const double scale = look_of(chart.what).scale;
  std::string text =
      fmt::format("{{\"name\":{},\"kind\":\"{}\",\"levels\":{}", json_text(name_of(curve, chart)),
                  kind_of(curve, chart), numbers(curve.levels, scale));
  if (!curve.low.empty()) {
    text += fmt::format(",\"low\":{},\"high\":{}", numbers(curve.low, scale),
                        numbers(curve.high, scale));
  }
  return text + "}";
}

std::string reference_json(const gate::Reference& reference, double scale) {
  return fmt::format("{{\"span\":{},\"limit\":{},\"stored\":{}}}", span(reference.span),
                     number(reference.limit * scale),
                     reference.stored ? number(*reference.stored * scale) : "null");
}

std::string chart_json(const gate::Chart& chart) {
  const ChartLook& look = look_of(chart.what);
  const double top = level_ticks(highest_of(chart) * look.scale, 4).back();
  return fmt::format(
      "{{\"id\":\"{}\",\"unit\":\"{}\",\"top\":{},\"curves\":{},\"references\":{}}}", look.id,
      look.unit, number(top),
      list(chart.curves, [&](const gate::Curve& curve) { return curve_json(curve, chart); }),
      list(chart.references,
           [&](const gate::Reference& one) { return reference_json(one, look.scale); }));
}

std::string stretch_json(const gate::Stretch& stretch) {
  return fmt::format("{{\"name\":{},\"span\":{},\"held\":{}}}", json_text(stretch.name),
                     span(stretch.span), span(stretch.held));
}

}  // namespace

std::string chart_data(const gate::Timeline& timeline) {
  return fmt::format(
      "{{\"slot\":{:.7g},\"slots\":{},\"stretches\":{},\"charts\":{}}}", seconds(timeline.slot),
      timeline.slots, list(timeline.stretches, stretch_json),
      list(timeline.charts, [&](const gate::Chart& chart) { return chart_json(chart); }));
}

}  // namespace loadgate::report
