#include "session/github_job.h"

#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <fstream>
#include <random>
#include <string_view>
#include <system_error>

#include "base/file.h"
#include "report/github_annotations.h"
#include "report/markdown_report.h"
#include "report/report.h"

namespace loadgate::session {
namespace {

namespace fs = std::filesystem;

std::string variable(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? std::string() : std::string(value);
}

std::size_t size_of(const fs::path& file) {
  std::error_code error;
  const std::uintmax_t size = fs::file_size(file, error);
  return error ? 0 : static_cast<std::size_t>(size);
}

bool ends_a_line(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  in.seekg(-1, std::ios::end);
  return in.get() == '\n';
}

// Others write to these files too: what stands there stays, and ends its line.
Result<void> append(const fs::path& file, std::string_view text) {
  const bool needs_newline = size_of(file) > 0 && !ends_a_line(file);
  std::ofstream out(file, std::ios::binary | std::ios::app);
  if (needs_newline) out << '\n';
  out << text << std::flush;
  if (out) return {};
  return failure(
      fmt::format("cannot write to {}: {}", file.string(), std::generic_category().message(errno)));
}

// `file` as GitHub knows it; nothing where it lies outside of the repo.
std::optional<std::string> path_in_repo(const GithubStep& step, const std::string& file) {
  if (file.empty()) return std::nullopt;
  if (step.workspace.empty()) return file;
  std::error_code error;
  const fs::path whole = fs::weakly_canonical(fs::absolute(file, error), error);
  const fs::path root = fs::weakly_canonical(step.workspace, error);
  const fs::path relative = whole.lexically_relative(root);
  if (error || relative.empty() || *relative.begin() == "..") return std::nullopt;
  return relative.string();
}

// Where an annotation stands. A duet may be driven by base's copy of the plan, which lies
// outside of the checkout: then in the checkout's own.
std::optional<std::string> place_in_repo(const GithubStep& step, const std::string& file,
                                         const std::string& plan_file) {
  std::optional<std::string> inside = path_in_repo(step, file);
  const bool is_the_plan = fs::path(file).filename() == fs::path(plan_file).filename();
  return inside || !is_the_plan ? inside : path_in_repo(step, plan_file);
}

// Later steps may have another working directory, and other mounts than a container's.
std::string path_for_steps(const GithubStep& step, const std::string& file) {
  return path_in_repo(step, file).value_or(whole_path(file));
}

// The name of the output that says where a report lies; empty for reports without one.
std::string_view output_of(std::string_view format) {
  if (format == "markdown") return "summary";
  return format == "json" || format == "junit" || format == "html" ? format : std::string_view();
}

void add_report(std::vector<report::JobOutput>& outputs, const GithubStep& step,
                const std::string& path) {
  const std::string name = fs::path(path).filename().string();
  for (const report::Format& format : report::formats()) {
    const std::string_view output = output_of(format.name);
    if (format.file_name != name || output.empty()) continue;
    outputs.push_back({output, path_for_steps(step, path)});
  }
}

}  // namespace

std::optional<GithubStep> github_step() {
  if (variable("GITHUB_ACTIONS") != "true") return std::nullopt;
  return GithubStep{variable("GITHUB_STEP_SUMMARY"), variable("GITHUB_OUTPUT"),
                    variable("GITHUB_WORKSPACE")};
}

bool is_told(const GithubStep& step, const gate::Summary& summary) {
  const Result<std::string> told = read_file(step.summary_file);
  if (!told) return false;
  const std::string ours = report::render_markdown(summary, report::kMostOfStepSummary);
  return told->find(ours) != std::string::npos;
}

Result<void> append_summary(const GithubStep& step, const gate::Summary& summary) {
  if (step.summary_file.empty()) return {};
  constexpr std::size_t kNewline = 1;
  const std::size_t taken = size_of(step.summary_file) + kNewline;
  const std::size_t room = report::kMostOfStepSummary - std::min(report::kMostOfStepSummary, taken);
  const std::string text = report::render_markdown(summary, room);
  if (text.empty()) {
    return failure("the summary of this step is full: GitHub takes 1 MiB, so ours is not there");
  }
  return append(step.summary_file, text);
}

std::string annotation_lines(const GithubStep& step, const gate::Summary& summary) {
  std::string lines;
  for (report::Annotation& annotation : report::annotations_of(summary)) {
    const std::optional<std::string> file =
        place_in_repo(step, annotation.file, summary.info.plan_file);
    // A place in a file that GitHub does not know would be shown nowhere.
    annotation.file = file.value_or("");
    if (!file) annotation.line = annotation.column = annotation.end_column = 0;
    lines += report::command_of(annotation);
  }
  return lines;
}

Result<void> append_outputs(const GithubStep& step, const StepOutcome& outcome) {
  if (step.output_file.empty()) return {};
  std::vector<report::JobOutput> outputs = {{"verdict", outcome.verdict},
                                            {"exit-code", std::to_string(outcome.exit_code)}};
  for (const std::string& path : outcome.reports) add_report(outputs, step, path);
  return append(step.output_file, report::outputs_text(outputs, unguessable()));
}

std::string verdict_output(gate::Conclusion conclusion) {
  if (conclusion == gate::Conclusion::invalid) return "invalid-run";
  std::string word(gate::name_of(conclusion));
  std::replace(word.begin(), word.end(), ' ', '-');
  return word;
}

std::string unguessable() {
  std::random_device device;
  std::string word = "loadgate-";
  for (int i = 0; i < 4; ++i) word += fmt::format("{:08x}", device());
  return word;
}

}  // namespace loadgate::session
