#pragma once

// A plan from its file, with this process's environment. Main thread.

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "plan/plan.h"
#include "reader/reader.h"

namespace loadgate::session {

struct PlanFile {
  std::optional<plan::Plan> plan;
  std::string complaint;  // All that is wrong, ready to print; empty where there is a plan.
};

PlanFile open_plan(const std::string& file, const reader::Overrides& overrides);

// An example plan compiled into the program, "demo.yaml"; empty for unknown names.
std::string_view example_plan(std::string_view name);
std::span<const std::string_view> example_plans();  // Their names.

}  // namespace loadgate::session
