#pragma once

// A finished run as text: one file a format, values in, text out. Nothing here
// computes, asks the time or touches files, so the same result gives the same bytes.

#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "gate/summary.h"
#include "metrics/run_result.h"

namespace loadgate::report {

struct Material {
  const metrics::RunResult* run = nullptr;  // For the JSON, which stores all of it.
  const gate::Summary* summary = nullptr;
};

class Report {
 public:
  virtual ~Report() = default;
  virtual std::string render(const Material& material) const = 0;
};

struct Format {
  std::string_view name;       // "junit"
  std::string_view file_name;  // "junit.xml"
};

// The only list of formats written to --out: json, junit, html.
std::span<const Format> formats();
std::unique_ptr<Report> make_report(std::string_view format);  // nullptr for unknown names.

}  // namespace loadgate::report
