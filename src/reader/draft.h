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

// Some of the stages, as a profile lists them; by index of Plan::stages.
struct Profile {
  std::string name;
  std::vector<std::size_t> stages;
};

// What the plan's file shows in clear of a variable, whatever value it gets.
struct ShownText {
  std::size_t slot;
  std::string text;
};

struct Draft {
  Draft(std::string_view text, const std::string& file, const Overrides& from_command_line,
        const Surroundings& surroundings)
      : texts{{file, std::string(text)}},
        problems(texts.at(file), file),
        overrides(from_command_line),
        around(surroundings) {
    plan.file = file;
  }

  Texts texts;  // Which `problems` refers to.
  ProblemList problems;
  const Overrides& overrides;
  const Surroundings& around;
  plan::Plan plan;
  const YamlNode* common_headers = nullptr;  // Of `http`; every request sends them.
  std::vector<std::string> variable_names;   // Without captures.
  std::vector<ShownText> shown_texts;        // Of variables, in the plan's file.
  std::vector<const Entry*> older_names;     // `was` by Plan::request_names; nullptr: not given.
  bool has_start = false;                    // Even a wrong one, or one --host stands for.
  bool has_sound_stages = false;             // All stages are read, and nothing is wrong with them.
  std::vector<double> spawn_rates;           // Of Plan::stages; 0 where a stage has none.
  std::vector<Profile> profiles;
};

}  // namespace loadgate::reader
