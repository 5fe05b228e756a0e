#include "session/git.h"

#include <fmt/format.h>

#include <optional>
#include <utility>

#include "base/units.h"
#include "process/child.h"

namespace loadgate::session {
namespace {

// A checkout of a large repo over a slow disk.
constexpr Nanoseconds kPatience = std::chrono::minutes(5);
// How soon a stop request is seen.
constexpr Nanoseconds kLook = std::chrono::milliseconds(100);

// Read as it comes: a full pipe would hold git up.
bool read_lines(process::Child& git, Nanoseconds patience, std::vector<std::string>& lines) {
  Result<std::string> line = git.read_line(patience);
  if (line) lines.push_back(std::move(*line));
  return line.has_value();
}

Result<GitAnswer> answer_of(process::Child& git, const std::string& command,
                            const std::atomic<int>* stop_request) {
  const SteadyClock clock;
  const TimePoint until = clock.now() + kPatience;
  GitAnswer answer;
  while (read_lines(git, kLook, answer.lines) || !git.ended(kLook)) {
    if (stop_request != nullptr && *stop_request > 0) return failure("interrupted");
    if (clock.now() < until) continue;
    return failure(
        fmt::format("git {} did not end within {}", command, format_duration(kPatience)));
  }
  while (read_lines(git, kLook, answer.lines)) {
  }
  const process::Ending ending = *git.ended(kLook);
  if (!ending.has_exited()) {
    return failure(fmt::format("git {} was {}", command, process::describe(ending)));
  }
  answer.is_success = ending.is_success();
  return answer;
}

}  // namespace

Result<GitAnswer> ask_git(const std::filesystem::path& folder, std::vector<std::string> arguments,
                          const std::atomic<int>* stop_request) {
  if (stop_request != nullptr && *stop_request > 0) return failure("interrupted");
  const std::string command = arguments.front();
  arguments.insert(arguments.begin(), {"-C", folder.string()});
  Result<process::Child> git = process::Child::spawn("git", arguments);
  if (!git) return failure(git.error());
  return answer_of(*git, command, stop_request);
}

}  // namespace loadgate::session
