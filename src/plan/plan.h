#pragma once

// A test plan as the rest of the program knows it: values, compiled and checked.
// Made by reader, immutable afterwards, read from any thread.

#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "plan/data.h"
#include "plan/duet.h"
#include "plan/gate_rules.h"
#include "plan/http.h"
#include "plan/scenario.h"
#include "plan/stage.h"
#include "plan/start.h"
#include "plan/threshold.h"
#include "plan/watch.h"

namespace loadgate::plan {

struct Variable {
  std::size_t slot = 0;
  Value value;
};

struct Plan {
  std::string name;
  std::string file;    // As the user named it.
  std::string text;    // Of that file, as written.
  std::string target;  // "http://127.0.0.1:8000", without a slash at the end.
  // Of the target and of other hosts that requests name, "http://127.0.0.1:8000", each
  // once, the target's first.
  std::vector<std::string> origins;
  Http http;
  std::optional<Start> start;
  std::optional<Ready> ready;
  std::vector<Watch> watches;
  Duet duet;

  Names names;                      // Of variables and captures.
  std::vector<Variable> variables;  // What every user begins with.
  std::vector<std::string>
      secrets;  // Values (not names) that no output may show; never empty texts.
  // What users hold that no output may show either: slots of captures that are named as
  // secrets or used in `auth`, and fields of data rows.
  std::vector<std::size_t> secret_slots;
  std::vector<DataField> secret_fields;
  std::vector<Data> data;

  std::vector<Stage> stages;        // Not empty.
  bool judges_ramps = false;        // `judge: all`: the whole of each stage that is no warm-up.
  bool keeps_bodies = true;         // `samples: none`: samples hold no bodies.
  std::vector<Scenario> scenarios;  // Not empty.
  std::vector<Request> requests;
  std::vector<RequestName> request_names;

  std::vector<Threshold> thresholds;
  GateRules gate;
  Rating rating;

  Nanoseconds length() const;  // Of all stages together.
};

}  // namespace loadgate::plan
