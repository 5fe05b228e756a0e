#pragma once

// What one stage of the plan says, before it is known when it begins and from which level.
// Main thread.

#include <optional>
#include <string>

#include "base/clock.h"
#include "reader/draft.h"
#include "reader/yaml_node.h"

namespace loadgate::reader {

inline constexpr unsigned kMostUsers = 1'000'000;

// A key's entry stands beside its value: null where the key is not written; the value is
// missing too where it is wrong.
struct StageDraft {
  const Entry* name = nullptr;
  const Entry* length = nullptr;  // `for`
  const Entry* until = nullptr;
  const Entry* users = nullptr;
  const Entry* rate = nullptr;
  const Entry* max_users = nullptr;
  const Entry* ramp = nullptr;
  const Entry* spawn_rate = nullptr;
  std::optional<std::string> name_text;
  std::optional<Nanoseconds> length_value, until_value, ramp_value;
  std::optional<double> rate_value, spawn_rate_value;
  std::optional<unsigned> users_value, max_users_value;
  bool is_warmup = false;
};

// Complains about keys and values; nothing where `node` is no map.
std::optional<StageDraft> read_stage_draft(const YamlNode& node, Draft& draft);

}  // namespace loadgate::reader
