#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "base/units.h"
#include "report/html_axis.h"
#include "report/html_parts.h"
#include "report/wording.h"

namespace loadgate::report {
namespace {

constexpr double kSpan = 1000;   // What the width counts as.
constexpr double kHeight = 100;  // Of the shapes.
constexpr std::size_t kMostTimes = 9;

// Percent of the width.
class LogAxis {
 public:
  explicit LogAxis(const gate::Distribution& of)
      : lowest_(seconds(of.lowest)), width_(std::log(seconds(of.highest) / lowest_)) {}

  double place(Nanoseconds at) const {
    const double place = std::log(std::max(seconds(at), lowest_) / lowest_) / width_ * 100;
    return std::isfinite(place) ? std::clamp(place, 0.0, 100.0) : 0;
  }
  std::string text(Nanoseconds at) const { return fmt::format("{:.2f}", place(at)); }

 private:
  double lowest_, width_;
};

double highest_share(const gate::Distribution& distribution) {
  double highest = 0;
  for (const gate::Distribution::Shape& shape : distribution.shapes) {
    for (const double share : shape.shares) highest = std::max(highest, share);
  }
  return highest > 0 ? highest : 1;
}

// Stairs from the left to the right, closed along the bottom.
std::string path_of(const gate::Distribution::Shape& shape, double highest) {
  const double width = kSpan / static_cast<double>(std::max<std::size_t>(1, shape.shares.size()));
  std::string path = fmt::format("M0 {:.0f}", kHeight);
  double last = -1;
  for (std::size_t bin = 0; bin < shape.shares.size(); ++bin) {
    const double height = kHeight * (1 - shape.shares[bin] / highest);
    if (std::fabs(height - last) >= 0.05) {
      path += fmt::format("H{:.1f}V{:.1f}", width * static_cast<double>(bin), height);
    }
    last = height;
  }
  return path + fmt::format("H{:.0f}V{:.0f}Z", kSpan, kHeight);
}

// Base stands in words over head, and each below the other in the drawing.
struct SideWords {
  const char *kind, *name;
};
SideWords words_of(metrics::Side side, Against against) {
  if (side == metrics::Side::base) return {"base", "base"};
  return {"head", against == Against::base_build ? "head" : "this run"};
}

Fields shape_fields(const gate::Distribution::Shape& shape, const gate::Distribution& of,
                    double highest, Against against) {
  const SideWords words = words_of(shape.side, against);
  const LogAxis axis(of);
  std::vector<Fields> marks;
  for (const auto& [name, time] :
       {std::pair("p50", shape.p50), std::pair("p95", shape.p95), std::pair("p99", shape.p99)}) {
    marks.push_back(Fields()
                        .text("kind", words.kind)
                        .text("x", axis.text(time))
                        .flag("is_named", shape.side == metrics::Side::head)
                        .text("name", name));
  }
  return Fields()
      .text("kind", words.kind)
      .text("name", words.name)
      .verbatim("path", path_of(shape, highest))
      .text("requests", count_text(shape.requests))
      .text("p50", format_latency(shape.p50))
      .text("p95", format_latency(shape.p95))
      .text("p99", format_latency(shape.p99))
      .list("marks", std::move(marks));
}

std::vector<Fields> band_fields(const gate::Distribution& of, const plan::Rating& bands) {
  const LogAxis axis(of);
  const double optimal = axis.place(bands.optimal), acceptable = axis.place(bands.acceptable);
  std::vector<Fields> fields;
  const auto add = [&](const char* kind, double from, double to) {
    if (to - from < 0.01) return;
    fields.push_back(Fields()
                         .text("kind", kind)
                         .text("x", fmt::format("{:.2f}", from))
                         .text("width", fmt::format("{:.2f}", to - from)));
  };
  add("optimal", 0, optimal);
  add("acceptable", optimal, acceptable);
  add("slow", acceptable, 100);
  return fields;
}

std::string title_of(const gate::Distribution& of, Against against) {
  std::string text = "Response times of " + of.request;
  for (const gate::Distribution::Shape& shape : of.shapes) {
    text += fmt::format("; {}: p50 {}, p95 {}, p99 {}", words_of(shape.side, against).name,
                        format_latency(shape.p50), format_latency(shape.p95),
                        format_latency(shape.p99));
  }
  return text;
}

// "p95 23.0 ms, base 21.0 ms"
std::string aside_of(const gate::Distribution& of, Against against) {
  std::string text;
  for (auto shape = of.shapes.rbegin(); shape != of.shapes.rend(); ++shape) {
    text += text.empty() ? "p95 " : fmt::format(", {} ", words_of(shape->side, against).name);
    text += format_latency(shape->p95);
  }
  return text;
}

Fields distribution_fields(const gate::Distribution& of, const gate::Summary& summary) {
  const Against against = against_of(summary.verdict);
  const LogAxis axis(of);
  const double highest = highest_share(of);
  return Fields()
      .text("request", of.request)
      .text("title", title_of(of, against))
      .text("aside", aside_of(of, against))
      .text("optimal", format_share(of.optimal))
      .text("acceptable", format_share(of.acceptable))
      .text("slow", format_share(of.slow))
      .list("bands", band_fields(of, summary.rating_bands))
      .list("times",
            parts_of(decade_ticks(of.lowest, of.highest, kMostTimes),
                     [&](Nanoseconds at) {
                       return Fields().text("x", axis.text(at)).text("label", format_duration(at));
                     }))
      .list("shapes", parts_of(of.shapes, [&](const gate::Distribution::Shape& shape) {
              return shape_fields(shape, of, highest, against);
            }));
}

}  // namespace

void add_distributions(Fields& page, const gate::Summary& summary) {
  std::vector<Fields> all = parts_of(summary.distributions, [&](const gate::Distribution& one) {
    return distribution_fields(one, summary);
  });
  std::vector<Fields> pool, single;
  for (std::size_t i = 0; i < all.size(); ++i) {
    (i == 0 ? pool : single).push_back(std::move(all[i]));
  }
  page.list("distribution", std::move(pool)).list("distributions", std::move(single));
}

}  // namespace loadgate::report
