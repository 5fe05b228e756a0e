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
  // Locust's words. Missing: the most users of the plan, all at once, as long as the plan.
  std::optional<unsigned> users = {};
  std::optional<double> spawn_rate = {};
  std::optional<Nanoseconds> run_time = {};
  std::optional<std::string> host = {};     // --host: nothing is started then, it runs there.
  std::optional<std::string> profile = {};  // --profile; --users and its kin win over its stages.
  std::vector<std::pair<std::string, std::string>> variables = {};  // --var name=value
  bool any_stage() const { return users || spawn_rate || run_time; }
};

using Environment = std::function<std::optional<std::string>(const std::string& name)>;
// The content of a file a plan names: included plans, data, bodies. Paths are as
// path_from() makes them. Errors are why it cannot be read.
using ReadFile = std::function<Result<std::string>(const std::string& path)>;

// What a plan is read in.
struct Surroundings {
  Environment environment;
  ReadFile read_file;
  unsigned short free_port = 0;  // For {{ port }} of `start` and the target.
};

// `path` as a plan names it, seen from where loadgate runs: relative paths lie beside
// the plan's file.
std::string path_from(const std::string& plan_file, const std::string& path);

using Texts = std::map<std::string, std::string>;  // By file.

struct Reading {
  std::optional<plan::Plan> plan;  // Present only where `problems` is empty.
  Problems problems;               // In order of their places, those of the plan's file first.
  Texts texts;                     // Of the plan and what it includes, by file.
};

// `file` names the plan in problems and places.
Reading read_plan(std::string_view text, const std::string& file, const Overrides& overrides,
                  const Surroundings& around);

// The problems as a person reads them: place, line, caret, hint.
std::string render(const Problems& problems, const Texts& texts);

}  // namespace loadgate::reader
