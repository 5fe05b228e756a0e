#pragma once

// The OpenMetrics text format: families of metrics, each with its samples in one place.
// https://github.com/prometheus/OpenMetrics, version 1.0. One thread.

#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace loadgate::report {

using Labels = std::vector<std::pair<std::string_view, std::string>>;

class OpenMetricsText {
 public:
  // Begins a family; `unit` ends its name, and is empty where there is none.
  void family(std::string_view name, std::string_view type, std::string_view unit,
              std::string_view help);
  // One sample of it. A second one with the same labels is dropped, and so is one without a
  // number.
  void sample(const Labels& labels, double value);

  std::string take();

 private:
  std::string name_, header_, text_;
  std::set<std::string> written_;  // Samples of the family.
};

}  // namespace loadgate::report
