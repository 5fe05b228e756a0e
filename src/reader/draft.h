#pragma once

// A plan while it is being read. One thread.

#include <string>
#include <string_view>
#include <vector>

#include "plan/plan.h"
#include "reader/problem_list.h"
#include "reader/reader.h"
#include "reader/yaml_node.h"

namespace loadgate::reader {

struct Draft {
  Draft(std::string_view text, const std::string& file, const Overrides& from_command_line,
        const Surroundings& surroundings)
      : problems(text, file), overrides(from_command_line), around(surroundings) {}

  ProblemList problems;
  const Overrides& overrides;
  const Surroundings& around;
  plan::Plan plan;
  const YamlNode* common_headers = nullptr;  // Of `http`; every request sends them.
  std::vector<std::string> variable_names;   // Without captures.
  bool has_sound_stages = false;             // All stages are read, and nothing is wrong with them.
};

}  // namespace loadgate::reader
