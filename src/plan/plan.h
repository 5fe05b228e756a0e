#pragma once

// A test plan as the rest of the program knows it: values, compiled and checked.
// Made by reader, immutable afterwards, read from any thread.

#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "plan/gate_rules.h"
#include "plan/scenario.h"
#include "plan/stage.h"
#include "plan/threshold.h"

namespace loadgate::plan {

struct Http {
  Nanoseconds timeout = std::chrono::seconds(10);  // Of one request, connecting included.
  bool verify_tls = true;
};

struct Variable {
  std::size_t slot = 0;
  Value value;
};

struct Plan {
  std::string name;
  std::string file;    // As the user named it.
  std::string target;  // "http://127.0.0.1:8000", without a slash at the end.
  Http http;

  Names names;                      // Of variables and captures.
  std::vector<Variable> variables;  // What every user begins with.
  std::vector<std::string>
      secrets;  // Values (not names) that no output may show; never empty texts.

  std::vector<Stage> stages;        // Not empty.
  std::vector<Scenario> scenarios;  // Not empty.
  std::vector<Request> requests;
  std::vector<RequestName> request_names;

  std::vector<Threshold> thresholds;
  GateRules gate;
  Rating rating;

  Nanoseconds length() const;  // Of all stages together.
};

}  // namespace loadgate::plan
