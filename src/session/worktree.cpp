#include "session/worktree.h"

#include <fmt/format.h>
#include <stdlib.h>

#include <optional>
#include <system_error>
#include <utility>
#include <vector>

#include "process/child.h"

namespace loadgate::session {
namespace {

namespace fs = std::filesystem;

// A checkout of a large repo over a slow disk.
constexpr Nanoseconds kPatience = std::chrono::minutes(5);

// The lines that `git` prints, run in `folder`; its complaints go to our standard error.
Result<std::vector<std::string>> git(const fs::path& folder, std::vector<std::string> arguments) {
  arguments.insert(arguments.begin(), {"-C", folder.string()});
  Result<process::Child> child = process::Child::spawn("git", arguments);
  if (!child) return failure(child.error());
  std::vector<std::string> lines;
  while (Result<std::string> line = child->read_line(kPatience)) lines.push_back(std::move(*line));
  return lines;
}

Result<std::string> git_word(const fs::path& folder, std::vector<std::string> arguments) {
  const Result<std::vector<std::string>> lines = git(folder, std::move(arguments));
  if (!lines) return failure(lines.error());
  return lines->empty() ? std::string() : lines->front();
}

Result<fs::path> make_temporary_folder() {
  std::error_code error;
  const fs::path parent = fs::temp_directory_path(error);
  if (error) return failure("there is no folder for temporary files: " + error.message());
  std::string name = (parent / "loadgate-base-XXXXXX").string();
  if (::mkdtemp(name.data()) == nullptr) {
    return failure(fmt::format("{}: {}", name, std::system_category().message(errno)));
  }
  return fs::path(name);
}

}  // namespace

Worktree::Worktree(fs::path repo, fs::path root, fs::path folder)
    : repo_(std::move(repo)), root_(std::move(root)), folder_(std::move(folder)) {}

Worktree::Worktree(Worktree&& other) noexcept
    : repo_(std::move(other.repo_)),
      root_(std::exchange(other.root_, {})),
      folder_(std::move(other.folder_)),
      commit_(std::move(other.commit_)) {}

Worktree::~Worktree() {
  if (root_.empty()) return;
  [[maybe_unused]] const auto removed =
      git(repo_, {"worktree", "remove", "--force", root_.string()});
  std::error_code ignored;
  fs::remove_all(root_, ignored);
}

Result<Worktree> Worktree::check_out(const std::string& ref, const fs::path& folder) {
  const fs::path here = folder.empty() ? "." : folder;
  const Result<std::string> repo = git_word(here, {"rev-parse", "--show-toplevel"});
  if (!repo) return failure(repo.error());
  if (repo->empty()) {
    return failure(fmt::format("{} is in no git repo, so there is no \"{}\"", here.string(), ref));
  }
  const Result<std::string> commit =
      git_word(here, {"rev-parse", "--verify", "--quiet", "--end-of-options", ref + "^{commit}"});
  if (!commit) return failure(commit.error());
  if (commit->empty()) {
    return failure(
        fmt::format("git knows no commit \"{}\" here; a shallow clone has only its own: fetch it "
                    "(git fetch origin {}), or in GitHub Actions check out with fetch-depth: 0",
                    ref, ref));
  }
  const Result<std::string> inner = git_word(here, {"rev-parse", "--show-prefix"});
  if (!inner) return failure(inner.error());
  Result<fs::path> root = make_temporary_folder();
  if (!root) return failure(root.error());

  Worktree worktree(*repo, *root, *root / *inner);
  worktree.commit_ = *commit;
  const auto added =
      git(*repo, {"worktree", "add", "--quiet", "--detach", root->string(), *commit});
  if (!added) return failure(added.error());
  std::error_code error;
  if (!fs::exists(*root / ".git", error)) {
    return failure(fmt::format("git could not check out \"{}\" (its reason stands above)", ref));
  }
  if (!fs::is_directory(worktree.folder_, error)) {
    return failure(fmt::format("\"{}\" has no folder {}", ref, *inner));
  }
  return worktree;
}

}  // namespace loadgate::session
