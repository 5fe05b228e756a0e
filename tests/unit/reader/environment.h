#pragma once

// The environment that the reader's tests see, and plans read in it.

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "reader/reader.h"

namespace loadgate::reader {

inline std::optional<std::string> test_environment(const std::string& name) {
  static const std::map<std::string, std::string> values{
      {"EMPTY", ""}, {"NUMBER", "7"}, {"WORD", "hunter2"}, {"BRACES", "a{{b"}, {"BYTES", "\xFF"}};
  const auto found = values.find(name);
  return found == values.end() ? std::nullopt : std::optional(found->second);
}

// The files beside the plan that tests may name.
inline Result<std::string> test_file(const std::string& path) {
  static const std::map<std::string, std::string> files{};
  const auto found = files.find(path);
  if (found == files.end()) return failure("no such file");
  return found->second;
}

inline constexpr unsigned short kTestPort = 41234;

inline Reading read(std::string_view text, const Overrides& overrides = {}) {
  return read_plan(text, "plan.yaml", overrides, {test_environment, test_file, kTestPort});
}

// All that is wrong with a plan, as a person reads it.
inline std::string problems_of(std::string_view text, const Overrides& overrides = {}) {
  const Reading reading = read(text, overrides);
  return render(reading.problems, reading.texts);
}

}  // namespace loadgate::reader
