#pragma once

// A plan's text becomes a plan, or all that is wrong with it. The only folder that
// includes yaml-cpp. Pure functions of their arguments (the environment is one).

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/place.h"
#include "base/result.h"
#include "plan/plan.h"

namespace loadgate::reader {

// What the command line changes for one run. Thresholds of a stage of the plan are left
// out where the stages are replaced: that stage is not run.
struct Overrides {
  // --users, --spawn-rate (per second) and --run-time replace the stages by one, in
  // Locust's words. Missing: 1 user, all at once, as long as the plan.
  std::optional<unsigned> users = {};
  std::optional<double> spawn_rate = {};
  std::optional<Nanoseconds> run_time = {};
  std::optional<std::string> host = {};                             // --host
  std::vector<std::pair<std::string, std::string>> variables = {};  // --var name=value
  bool any_stage() const { return users || spawn_rate || run_time; }
};

using Environment = std::function<std::optional<std::string>(const std::string& name)>;

struct Reading {
  std::optional<plan::Plan> plan;  // Present only where `problems` is empty.
  Problems problems;               // In order of their places.
};

// `file` names the plan in problems and places.
Reading read_plan(std::string_view text, const std::string& file, const Overrides& overrides,
                  const Environment& environment);

// The problems as a person reads them: place, line, caret, hint. `text` is the plan's.
std::string render(const Problems& problems, std::string_view text);

}  // namespace loadgate::reader
