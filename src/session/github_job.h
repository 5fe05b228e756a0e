#pragma once

// A step of a GitHub Actions job that we run in: its summary, its annotations, its outputs.
// Forgejo, Gitea and act speak the same. Main thread.

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "gate/summary.h"
#include "report/github_commands.h"

namespace loadgate::session {

struct GithubStep {
  // Empty: there is none, and nothing is written.
  std::filesystem::path summary_file;  // $GITHUB_STEP_SUMMARY
  std::filesystem::path output_file;   // $GITHUB_OUTPUT
  std::filesystem::path workspace;     // $GITHUB_WORKSPACE, where the repo is checked out.
};

// From the environment; nothing outside of such a job.
std::optional<GithubStep> github_step();

// Whether the summary of this step has it already, as where `report` follows `run`.
bool is_told(const GithubStep& step, const gate::Summary& summary);

// As Markdown behind what other commands of the step wrote there; cut to what GitHub takes.
Result<void> append_summary(const GithubStep& step, const gate::Summary& summary);

// The lines of all annotations, for standard output.
std::string annotation_lines(const GithubStep& step, const gate::Summary& summary);

// What later steps read; a value that is empty is not written.
struct StepOutcome {
  std::string verdict;  // verdict_output(), or what ended the command before it had one.
  int exit_code = 0;
  std::vector<std::string> reports;  // Paths of those that were written.
};
Result<void> append_outputs(const GithubStep& step, const StepOutcome& outcome);

// "threshold-missed", "invalid-run", …
std::string verdict_output(gate::Conclusion conclusion);

// A word that nobody can guess, for fences and delimiters.
std::string unguessable();

}  // namespace loadgate::session
