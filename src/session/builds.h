#pragma once

// The two builds of a duet, and one plan that drives both: read twice, so that each build
// can stand on either of two ports. Main thread.

#include <array>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

#include "plan/plan.h"
#include "reader/reader.h"

namespace loadgate::session {

// Started in a folder as the plan's `start` says, or running already at an address.
struct Build {
  std::string text;                 // For people: "main (3f2a9c1)", "../base".
  std::filesystem::path directory;  // Stands for the folder of the plan.
  std::string address;              // Empty: it is started.
};

struct Builds {
  Build base, head;
};

// Of one side, by place: which of two ports it stands on. The same but for that, and where
// builds run already the same altogether. `prepare` stands in the first place that the
// side has, so that it runs once.
using PlansByPlace = std::array<plan::Plan, 2>;

struct DuetPlans {
  PlansByPlace base, head;
};

struct OpenedDuet {
  std::optional<DuetPlans> plans;
  std::string complaint;  // All that is wrong, ready to print; empty where there are plans.
};

// In epoch 0 base has place 0 and head place 1. `start` learns which side it is by
// LOADGATE_SIDE in its environment: "base" or "head".
OpenedDuet open_duet(const std::string& file, const reader::Overrides& overrides,
                     const Builds& builds);

}  // namespace loadgate::session
