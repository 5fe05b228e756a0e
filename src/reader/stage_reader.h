#pragma once

// Turns what the plan's stages say into stages, one after the other: each begins where the
// one before ends, from the level it ends with. Main thread.

#include <optional>
#include <string>

#include "base/clock.h"
#include "plan/stage.h"
#include "reader/draft.h"
#include "reader/stage_draft.h"

namespace loadgate::reader {

class StageReader {
 public:
  explicit StageReader(Draft& draft) : draft_(draft) {}

  // Appends the stage to the plan's, sound or not, unless it is no map.
  void read(const YamlNode& node);

 private:
  void complain(const YamlNode& node, std::string text, std::string hint = {});
  void complain_about_key(const Entry& entry, std::string text, std::string hint = {});

  void check_name(const StageDraft& stage, const std::string& name);
  void check_level(const YamlNode& node, const StageDraft& stage);
  std::optional<Nanoseconds> duration_of(const YamlNode& node, const StageDraft& stage);
  std::optional<Nanoseconds> length_until(const StageDraft& stage);
  Nanoseconds ramp_of(const StageDraft& stage, std::optional<Nanoseconds> duration);
  Nanoseconds ramp_by_spawn_rate(const StageDraft& stage, std::optional<Nanoseconds> duration);

  Draft& draft_;
  int number_ = 0;
  Nanoseconds start_{};  // Of the stage to come, if it can be known.
  bool is_start_known_ = true;
  bool is_level_known_ = true;  // That of the stage before.
};

}  // namespace loadgate::reader
