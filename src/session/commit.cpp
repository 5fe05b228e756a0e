#include "session/commit.h"

#include <algorithm>
#include <filesystem>
#include <optional>
#include <string_view>

#include "base/file.h"
#include "base/text.h"

namespace loadgate::session {
namespace {

namespace fs = std::filesystem;

// ".git" is a folder, or in a worktree a file that names one: "gitdir: PATH".
std::optional<fs::path> git_folder(fs::path folder) {
  for (;; folder = folder.parent_path()) {
    const fs::path git = folder / ".git";
    std::error_code error;
    if (fs::is_directory(git, error)) return git;
    if (fs::is_regular_file(git, error)) {
      const Result<std::string> text = read_file(git);
      constexpr std::string_view kPrefix = "gitdir: ";
      if (!text || !text->starts_with(kPrefix)) return std::nullopt;
      return folder / trimmed(text->substr(kPrefix.size()));
    }
    if (folder == folder.parent_path()) return std::nullopt;
  }
}

// References of a worktree lie in the main repo's folder, which "commondir" names.
fs::path common_folder(const fs::path& git) {
  const Result<std::string> text = read_file(git / "commondir");
  return text ? git / trimmed(*text) : git;
}

std::string packed(const fs::path& common, std::string_view reference) {
  const Result<std::string> text = read_file(common / "packed-refs");
  if (!text) return {};
  for (const std::string_view line : split(*text, '\n')) {
    if (line.size() > 41 && line.substr(41) == reference) return std::string(line.substr(0, 40));
  }
  return {};
}

bool is_commit(std::string_view text) {
  return text.size() == 40 && std::all_of(text.begin(), text.end(), [](char c) {
           return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
         });
}

}  // namespace

std::string commit_around(const std::string& file) {
  std::error_code error;
  const fs::path absolute = fs::absolute(file, error);
  if (error) return {};
  const std::optional<fs::path> git = git_folder(absolute.parent_path());
  if (!git) return {};
  const Result<std::string> head = read_file(*git / "HEAD");
  if (!head) return {};
  std::string commit(trimmed(*head));
  constexpr std::string_view kReference = "ref: ";
  if (commit.starts_with(kReference)) {
    const std::string reference = commit.substr(kReference.size());
    const fs::path common = common_folder(*git);
    const Result<std::string> loose = read_file(common / reference);
    commit = loose ? std::string(trimmed(*loose)) : packed(common, reference);
  }
  return is_commit(commit) ? commit : std::string();
}

}  // namespace loadgate::session
