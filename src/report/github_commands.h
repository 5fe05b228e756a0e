#pragma once

// What GitHub's runner reads: commands on standard output, and the file of a step's
// outputs. Pure functions, any thread.
// https://docs.github.com/actions/reference/workflow-commands-for-github-actions

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace loadgate::report {

// A remark that GitHub shows at a line of a file.
struct Annotation {
  enum class Level : std::uint8_t { error, warning, notice };

  Level level = Level::notice;
  std::string title;
  std::string message;
  std::string file{};                        // Relative to the repo; empty: at no file.
  int line = 0, column = 0, end_column = 0;  // 1-based; 0: not known.
};

// The command with its newline; texts may be foreign.
std::string command_of(const Annotation& annotation);

// `page` so that the runner obeys nothing in it but its lines that begin with "::group::"
// or "::endgroup::". REQUIRES: no other line of it begins with "::"; `token` cannot be guessed.
std::string fenced(std::string_view page, std::string_view token);

struct JobOutput {
  std::string_view name;
  std::string value;
};
// For $GITHUB_OUTPUT. REQUIRES: `delimiter` cannot be guessed.
std::string outputs_text(std::span<const JobOutput> outputs, std::string_view delimiter);

}  // namespace loadgate::report
