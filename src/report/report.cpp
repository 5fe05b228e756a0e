#include "report/report.h"

#include <array>

#include "report/formats.h"

namespace loadgate::report {
namespace {

struct Maker {
  std::string_view format;
  std::unique_ptr<Report> (*make)();
};

// The only lists of formats: a new one is a new file and a line in each.
constexpr std::array<Format, 6> kFormats{{{"json", "result.json"},
                                          {"junit", "junit.xml"},
                                          {"html", "report.html"},
                                          {"markdown", "summary.md"},
                                          {"csv", "table.csv"},
                                          {"openmetrics", "metrics.txt"}}};
constexpr std::array<Maker, 6> kMakers{{{"json", make_json_report},
                                        {"junit", make_junit_report},
                                        {"html", make_html_report},
                                        {"markdown", make_markdown_report},
                                        {"csv", make_csv_report},
                                        {"openmetrics", make_openmetrics_report}}};

}  // namespace

std::span<const Format> formats() { return kFormats; }

std::unique_ptr<Report> make_report(std::string_view format) {
  for (const Maker& maker : kMakers) {
    if (maker.format == format) return maker.make();
  }
  return nullptr;
}

}  // namespace loadgate::report
