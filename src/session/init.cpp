#include "session/init.h"

#include <fmt/format.h>

#include "base/file.h"
#include "base/text.h"
#include "embedded_starters.h"
#include "reader/har.h"
#include "reader/openapi.h"
#include "session/project.h"

namespace loadgate::session {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kWorkflow = ".github/workflows/loadgate.yml";

struct NewFile {
  fs::path path;
  std::string content;
};

void replace_all(std::string& text, std::string_view mark, std::string_view value) {
  for (std::size_t at = text.find(mark); at != std::string::npos; at = text.find(mark, at)) {
    text.replace(at, mark.size(), value);
    at += value.size();
  }
}

// The plan's `target` or `start`.
std::string service_in_plan(const std::optional<Project>& project) {
  const int port = project ? project->usual_port : 8000;
  const std::string target = fmt::format("target: ${{TARGET:-http://127.0.0.1:{}}}", port);
  if (!project) {
    return target +
           "\n\n# loadgate can start the service itself, on a free port:\n"
           "# start:\n#   command: ./my-service --port {{ port }}";
  }
  const bool is_sure = project->doubt.empty();
  const std::string_view dash = is_sure ? "" : "# ";
  std::string text =
      fmt::format("{}{}\n\n# This is {}: loadgate {}start it, on a free port, and stop it{}{}.\n",
                  is_sure ? "# " : "", target, project->kind, is_sure ? "will " : "can ",
                  is_sure ? "" : "; ", project->doubt);
  text += fmt::format("{}start:\n", dash);
  if (!project->prepare.empty()) {
    text += fmt::format("#   prepare: {}   # before the start\n", project->prepare);
  }
  return text + fmt::format("{}  command: {}", dash, project->command);
}

// A step of the workflow, or what to make one of.
std::string service_in_workflow(const std::optional<Project>& project) {
  if (!project || !project->doubt.empty()) {
    return "      # loadgate starts both builds itself: fill in start: in the plan. What the\n"
           "      # service needs is installed here:\n"
           "      # - run: ./install-packages";
  }
  return fmt::format(
      "      # loadgate starts both builds itself. What they need is installed here; what git\n"
      "      # does not hold, `prepare` in the plan's start: makes for each of them:\n"
      "      # - run: {}",
      project->install);
}

std::string filled(std::string_view file, const InitOptions& options, std::string_view service) {
  std::string text(embedded::starters(file));
  std::error_code error;
  const fs::path folder = fs::weakly_canonical(options.folder, error);
  replace_all(text, "@NAME@", file_name(folder.filename().string()));
  replace_all(text, "@PLAN@", options.plan.string());
  replace_all(text, "@SERVICE@", service);
  return text;
}

std::vector<NewFile> starter_files(const InitOptions& options) {
  const std::optional<Project> project = guess_project(options.folder);
  return {{options.folder / options.plan,
           filled("starter_plan.yaml", options, service_in_plan(project))},
          {options.folder / kWorkflow,
           filled("starter_workflow.yaml", options, service_in_workflow(project))}};
}

Result<reader::Sketch> read_source(const InitOptions& options) {
  const std::string& file = options.har ? *options.har : *options.openapi;
  const Result<std::string> text = read_file(file);
  if (!text) {
    return failure(
        text.error().during(options.har ? "reading the recording" : "reading the description"));
  }
  if (!options.har) return reader::read_openapi(*text, file);
  return reader::read_har(*text, file,
                          options.keeps_assets ? reader::Assets::keep : reader::Assets::leave_out);
}

Result<std::vector<NewFile>> new_files(const InitOptions& options) {
  if (!options.har && !options.openapi) return starter_files(options);
  const Result<reader::Sketch> sketch = read_source(options);
  if (!sketch) return failure(sketch.error());
  return std::vector<NewFile>{{options.folder / options.plan, reader::write_plan(*sketch)}};
}

}  // namespace

Result<std::vector<fs::path>> init(const InitOptions& options) {
  const Result<std::vector<NewFile>> files = new_files(options);
  if (!files) return failure(files.error());
  for (const NewFile& file : *files) {
    std::error_code error;
    if (options.overwrites || !fs::exists(file.path, error)) continue;
    return failure(fmt::format("{} is there already: nothing was written; --force replaces it",
                               file.path.lexically_normal().string()));
  }
  std::vector<fs::path> written;
  for (const NewFile& file : *files) {
    const Result<void> done = write_file(file.path, file.content);
    if (!done) return failure(done.error().during("writing the plan"));
    written.push_back(file.path.lexically_normal());
  }
  return written;
}

}  // namespace loadgate::session
