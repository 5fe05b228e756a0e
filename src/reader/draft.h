#pragma once

// A plan while it is being read. One thread.

#include <string>
#include <vector>

#include "plan/plan.h"
#include "reader/problem_list.h"
#include "reader/reader.h"
#include "reader/yaml_node.h"

namespace loadgate::reader {

struct Draft {
  Draft(const PlanText& text, const std::string& file, const Overrides& from_command_line)
      : problems(text, file), overrides(from_command_line) {}

  ProblemList problems;
  const Overrides& overrides;
  plan::Plan plan;
  const YamlNode* common_headers = nullptr;  // Of `http`; every request sends them.
  std::vector<std::string> variable_names;   // Without captures.
  bool has_sound_stages = false;             // All stages are read, and nothing is wrong with them.
};

}  // namespace loadgate::reader
