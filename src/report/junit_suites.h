#pragma once

// What JUnit calls test suites and test cases, made of thresholds and comparisons.
// Plain values; texts are as foreign as where they come from.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "gate/summary.h"

namespace loadgate::report {

struct TestCase {
  enum class State : std::uint8_t { passed, failed, skipped, error };

  std::string name;  // Stable from run to run.
  Place place;
  State state = State::passed;
  std::string type;     // Of a failure or an error.
  std::string message;  // Why it did not pass.
  std::string values;   // What was measured.
};

struct Suite {
  std::string name;
  Nanoseconds time{};
  std::vector<TestCase> cases;
  std::string notes;

  auto count(TestCase::State state) const {
    return std::count_if(cases.begin(), cases.end(),
                         [&](const TestCase& test) { return test.state == state; });
  }
};

// A suite over all stages, then one for each stage with findings, in the plan's order.
std::vector<Suite> suites_of(const gate::Summary& summary);

}  // namespace loadgate::report
