#include "session/project.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <span>
#include <sstream>
#include <vector>

#include "base/file.h"
#include "base/text.h"

namespace loadgate::session {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kPortDoubt = "it must listen on the port in the variable PORT";

// Empty where it cannot be read.
std::string content(const fs::path& file) { return read_file(file).value_or(std::string()); }

bool has_file(const fs::path& file) {
  std::error_code error;
  return fs::is_regular_file(file, error);
}

// The folder's own entries, in order, so that a guess is the same everywhere.
std::vector<fs::path> entries(const fs::path& folder) {
  std::error_code error;
  std::vector<fs::path> found;
  for (fs::directory_iterator one(folder, error), end; one != end; one.increment(error)) {
    if (error) break;
    found.push_back(one->path());
  }
  std::sort(found.begin(), found.end());
  return found;
}

// Whether a source of the folder, or of its src, speaks of `word`.
bool is_mentioned(const fs::path& folder, std::string_view word,
                  std::span<const std::string_view> endings) {
  for (const fs::path& where : {folder, folder / "src"}) {
    for (const fs::path& file : entries(where)) {
      const std::string ending = file.extension().string();
      const bool is_source = std::find(endings.begin(), endings.end(), ending) != endings.end();
      if (is_source && content(file).find(word) != std::string::npos) return true;
    }
  }
  return false;
}

std::optional<Project> django(const fs::path& folder) {
  if (!has_file(folder / "manage.py")) return std::nullopt;
  Project project{"a Django project (manage.py)",
                  "python3 manage.py migrate --noinput",
                  "python3 manage.py runserver --noreload 127.0.0.1:{{ port }}",
                  "pip install -r requirements.txt",
                  {}};
  const bool has_gunicorn =
      content(folder / "requirements.txt").find("gunicorn") != std::string::npos ||
      content(folder / "pyproject.toml").find("gunicorn") != std::string::npos;
  for (const fs::path& entry : entries(folder)) {
    if (!has_gunicorn || !has_file(entry / "wsgi.py")) continue;
    project.command =
        fmt::format("gunicorn {}.wsgi -b 127.0.0.1:{{{{ port }}}}", entry.filename().string());
    break;
  }
  return project;
}

std::optional<Project> node(const fs::path& folder) {
  const std::string package = content(folder / "package.json");
  const std::size_t scripts = package.find("\"scripts\"");
  if (scripts == std::string::npos || package.find("\"start\"", scripts) == std::string::npos) {
    return std::nullopt;
  }
  static constexpr std::array<std::string_view, 4> kSources{".js", ".mjs", ".cjs", ".ts"};
  const bool listens = is_mentioned(folder, "env.PORT", kSources);
  return Project{"a Node.js project (package.json with a start script)",
                 {},
                 "npm start",
                 "npm ci",
                 listens ? "" : std::string(kPortDoubt),
                 3000};
}

std::optional<Project> go(const fs::path& folder) {
  if (!has_file(folder / "go.mod")) return std::nullopt;
  static constexpr std::array<std::string_view, 1> kSources{".go"};
  Project project{"a Go module (go.mod)", {}, "go run .", "go build ./...", {}, 8080};
  if (!has_file(folder / "main.go")) {
    project.doubt = "the program's folder is a guess";
    project.command = "go run ./cmd/server";
  } else if (!is_mentioned(folder, "\"PORT\"", kSources)) {
    project.doubt = kPortDoubt;
  }
  return project;
}

std::optional<Project> container(const fs::path& folder) {
  if (!has_file(folder / "Dockerfile")) return std::nullopt;
  int port = 8080;
  std::istringstream lines(content(folder / "Dockerfile"));
  for (std::string word; lines >> word;) {
    if (lower(word) == "expose") lines >> port;
  }
  if (port < 1 || port > 65535) port = 8080;
  return Project{
      "a container (Dockerfile)",
      "docker build -t service-under-test .",
      fmt::format("docker run --rm -p 127.0.0.1:{{{{ port }}}}:{} service-under-test", port),
      "docker build -t service-under-test .",
      "the container's port is a guess",
      port};
}

}  // namespace

std::optional<Project> guess_project(const fs::path& folder) {
  for (const auto guess : {django, node, go, container}) {
    if (auto project = guess(folder)) return project;
  }
  return std::nullopt;
}

}  // namespace loadgate::session
