#include "session/worktree.h"

#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <charconv>
#include <csignal>
#include <cstdlib>
#include <optional>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

#include "session/git.h"

namespace loadgate::session {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kPrefix = "loadgate-base-";

Result<fs::path> make_temporary_folder() {
  std::error_code error;
  // Without links, as git lists it.
  const fs::path parent = fs::canonical(fs::temp_directory_path(error), error);
  if (error) return failure("there is no folder for temporary files: " + error.message());
  std::string name = (parent / fmt::format("{}{}-XXXXXX", kPrefix, ::getpid())).string();
  if (::mkdtemp(name.data()) == nullptr) {
    return failure(fmt::format("{}: {}", name, std::system_category().message(errno)));
  }
  return fs::path(name);
}

std::vector<fs::path> worktrees_of(const fs::path& repo) {
  constexpr std::string_view kWorktree = "worktree ";
  const Result<GitAnswer> answer = ask_git(repo, {"worktree", "list", "--porcelain"}, nullptr);
  std::vector<fs::path> worktrees;
  if (!answer) return worktrees;
  for (const std::string& line : answer->lines) {
    if (line.starts_with(kWorktree)) worktrees.emplace_back(line.substr(kWorktree.size()));
  }
  return worktrees;
}

// The folder first: git refuses half a worktree, but forgets one that is not there. Twice
// --force, since an unfinished one is locked.
void remove_worktree(const fs::path& repo, const fs::path& root) {
  std::error_code ignored;
  fs::remove_all(root, ignored);
  for (const fs::path& known : worktrees_of(repo)) {
    if (known != root) continue;
    [[maybe_unused]] const auto removed =
        ask_git(repo, {"worktree", "remove", "--force", "--force", root.string()}, nullptr);
  }
}

// Which process a folder of ours was made by; nothing where it is not one of ours.
std::optional<pid_t> maker_of(const fs::path& root) {
  const std::string name = root.filename().string();
  if (!name.starts_with(kPrefix)) return std::nullopt;
  pid_t pid = 0;
  const char* const end = name.data() + name.size();
  const auto read = std::from_chars(name.data() + kPrefix.size(), end, pid);
  const bool is_number = read.ec == std::errc() && read.ptr != end && *read.ptr == '-';
  return is_number && pid > 0 ? std::optional(pid) : std::nullopt;
}

// A folder that is gone may be the live one of a container with a /tmp of its own.
bool is_left_behind(const fs::path& root) {
  const std::optional<pid_t> maker = maker_of(root);
  if (!maker || ::kill(*maker, 0) == 0 || errno != ESRCH) return false;
  struct stat status {};
  return ::lstat(root.c_str(), &status) == 0 && S_ISDIR(status.st_mode) &&
         status.st_uid == ::geteuid();
}

void remove_left_behind(const fs::path& repo) {
  for (const fs::path& root : worktrees_of(repo)) {
    if (is_left_behind(root)) remove_worktree(repo, root);
  }
}

struct Place {
  fs::path repo;
  std::string inner;  // The folder within it; empty, or with a "/" at its end.
};

Result<Place> place_of(const fs::path& folder, const std::string& ref,
                       const std::atomic<int>* stop_request) {
  const Result<GitAnswer> answer =
      ask_git(folder, {"rev-parse", "--show-toplevel", "--show-prefix"}, stop_request);
  if (!answer) return failure(answer.error());
  if (!answer->is_success || answer->lines.empty()) {
    return failure(
        fmt::format("{} is in no git repo, so there is no \"{}\"", folder.string(), ref));
  }
  return Place{answer->lines[0], answer->lines.size() > 1 ? answer->lines[1] : ""};
}

Result<std::string> commit_of(const fs::path& folder, const std::string& ref,
                              const std::atomic<int>* stop_request) {
  const Result<GitAnswer> answer =
      ask_git(folder, {"rev-parse", "--verify", "--quiet", "--end-of-options", ref + "^{commit}"},
              stop_request);
  if (!answer) return failure(answer.error());
  if (answer->is_success && !answer->lines.empty()) return answer->lines.front();
  return failure(
      fmt::format("git knows no commit \"{}\" here; a shallow clone has only its own: fetch it "
                  "(git fetch origin {}), or in GitHub Actions check out with fetch-depth: 0",
                  ref, ref));
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
  if (!root_.empty()) remove_worktree(repo_, root_);
}

Result<Worktree> Worktree::check_out(const std::string& ref, const fs::path& folder,
                                     const std::atomic<int>* stop_request) {
  const fs::path here = folder.empty() ? "." : folder;
  const Result<Place> place = place_of(here, ref, stop_request);
  if (!place) return failure(place.error());
  const Result<std::string> commit = commit_of(here, ref, stop_request);
  if (!commit) return failure(commit.error());
  remove_left_behind(place->repo);
  Result<fs::path> root = make_temporary_folder();
  if (!root) return failure(root.error());

  Worktree worktree(place->repo, *root, *root / place->inner);
  worktree.commit_ = *commit;
  const Result<GitAnswer> added =
      ask_git(place->repo, {"worktree", "add", "--quiet", "--detach", root->string(), *commit},
              stop_request);
  if (!added) return failure(added.error());
  if (!added->is_success) {
    return failure(fmt::format("git could not check out \"{}\" (its reason stands above)", ref));
  }
  std::error_code error;
  if (!fs::is_directory(worktree.folder_, error)) {
    return failure(fmt::format("\"{}\" has no folder {}", ref, place->inner));
  }
  return worktree;
}

}  // namespace loadgate::session
