#pragma once

// A finished run as text: one file a format, values in, text out. Nothing here
// computes, asks the time or touches files, so the same result gives the same bytes.

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "gate/summary.h"
#include "metrics/run_result.h"

namespace loadgate::report {

// JUnit has no standard: `common` is what most readers understand, `xunit2` holds to the
// strict schema that Jenkins follows.
enum class JunitFamily : std::uint8_t { common, xunit2 };

struct Material {
  const metrics::RunResult* run = nullptr;  // For the JSON, which stores all of it.
  const gate::Summary* summary = nullptr;
  JunitFamily junit_family = JunitFamily::common;
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

// The only list of formats written to --out.
std::span<const Format> formats();
std::unique_ptr<Report> make_report(std::string_view format);  // nullptr for unknown names.

}  // namespace loadgate::report
