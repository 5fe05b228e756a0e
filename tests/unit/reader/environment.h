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
  static const std::map<std::string, std::string> files{
      {"ca.pem", "-"},
      {"me.pem", "-"},
      {"me.key", "-"},
      {"pic.png", "\x89PNG"},
      {"order.xml", "<order/>"},
      {"people.csv", "name,age\nada,36\ngrace,85\n"},
      {"films.json", R"([{"id": 7, "maker": {"name": "Ada"}, "tags": ["a"]}, {"title": "X"}])"},
      {"words.jsonl", "\"a\"\n\n5\n"},
      {"empty.csv", "\n"},
      {"header.csv", "name,age\n"},
      {"short.csv", "name,age\nada,36\ngrace\n"},
      {"broken.csv", "name\n\"ada\n"},
      {"latin.csv", "name\nAd\xE8le\n"},
      {"broken.json", "[{\"a\": 1},\n {\"a\" 2}]"},
      {"object.json", "{}"},
      {"none.json", "[]"},
      {"broken.jsonl", "1\n{\n"},
      {"rows.txt", "a\n"},
      {"part.yaml", "variables: { shelf: 3 }\nscenarios: [{ name: part, tasks: [{ get: / }] }]\n"},
      {"stages.yaml", "stages: []\n"},
      {"circle.yaml", "include: [plan.yaml]\n"},
      {"blank.yaml", "# nothing\n"},
      {"typo.yaml", "scenarios:\n  - tasks: [{ get: /, nam: a }]\n"},
  };
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
