#pragma once

// All runs that have approved reports.

#include <gtest/gtest.h>

#include <ostream>
#include <string>
#include <vector>

#include "support/sample_duet_summary.h"
#include "support/sample_summary.h"

namespace loadgate::support {

struct SampleCase {
  std::string name;
  gate::Summary summary;
};

// For INSTANTIATE_TEST_SUITE_P, which takes letters and digits only.
inline std::string name_of_case(const testing::TestParamInfo<SampleCase>& info) {
  std::string name = info.param.name;
  std::erase(name, '-');
  return name;
}
inline void PrintTo(const SampleCase& sample, std::ostream* out) { *out << sample.name; }

inline std::vector<SampleCase> sample_cases() {
  return {{"passed", passed_summary()},
          {"regression", regression_summary()},
          {"threshold-missed", threshold_missed_summary()},
          {"inconclusive", inconclusive_summary()},
          {"invalid", invalid_summary()},
          {"open", open_summary()},
          {"interrupted", interrupted_summary()},
          {"empty", empty_summary()},
          {"duet-passed", duet_passed_summary()},
          {"duet-regression", duet_regression_summary()},
          {"duet-inconclusive", duet_inconclusive_summary()},
          {"duet-died", duet_died_summary()},
          {"hostile", hostile_summary()}};
}

}  // namespace loadgate::support
