#include "session/choose_builds.h"

#include <fmt/format.h>

#include <system_error>

#include "session/commit.h"

namespace loadgate::session {
namespace {

namespace fs = std::filesystem;

std::string with_commit(const std::string& name, const std::string& commit) {
  return commit.empty() ? name : fmt::format("{} ({})", name, commit.substr(0, 7));
}

fs::path folder_of(const std::string& plan) {
  const fs::path folder = fs::path(plan).parent_path();
  return folder.empty() ? "." : folder;
}

// The plan as its own folder sees it: "load/plan.yaml" in head is that in base too.
fs::path below(const fs::path& folder, const fs::path& plan) {
  if (folder.empty()) return plan.filename();
  std::error_code error;
  const fs::path inside = fs::proximate(plan, folder, error);
  return error || inside.empty() || *inside.begin() == ".." ? plan.filename() : inside;
}

Result<Build> build_in(const fs::path& directory) {
  std::error_code error;
  if (!fs::is_directory(directory, error)) {
    return failure(fmt::format("{} is no folder", directory.string()));
  }
  return Build{directory.string(), directory, {}};
}

Build this_checkout(const std::string& plan) {
  return {with_commit("this checkout", commit_around(plan)), folder_of(plan), {}};
}

Result<ChosenBuilds> from_commit(const std::string& ref, const std::string& plan,
                                 const std::atomic<int>* stop_request) {
  Result<Worktree> worktree = Worktree::check_out(ref, folder_of(plan), stop_request);
  if (!worktree) return failure(worktree.error());
  ChosenBuilds chosen;
  chosen.base_plan = worktree->folder() / fs::path(plan).filename();
  chosen.builds.base = {with_commit(ref, worktree->commit()), worktree->folder(), {}};
  chosen.builds.head = this_checkout(plan);
  chosen.head_commit = commit_around(plan);
  chosen.worktree.emplace(std::move(*worktree));
  return chosen;
}

Result<ChosenBuilds> from_folders(const BuildChoice& choice, const std::string& plan) {
  Result<Build> base = build_in(choice.base_dir);
  if (!base) return failure(base.error().during("--base-dir"));
  ChosenBuilds chosen;
  chosen.base_plan = choice.base_dir / below(choice.head_dir, plan);
  chosen.builds.base = std::move(*base);
  chosen.builds.head = this_checkout(plan);
  chosen.head_commit = commit_around(plan);
  if (choice.head_dir.empty()) return chosen;
  Result<Build> head = build_in(choice.head_dir);
  if (!head) return failure(head.error().during("--head-dir"));
  chosen.builds.head = std::move(*head);
  chosen.head_commit = commit_around((choice.head_dir / "any").string());
  return chosen;
}

}  // namespace

Result<ChosenBuilds> choose_builds(const BuildChoice& choice, const std::string& plan,
                                   const std::atomic<int>* stop_request) {
  const bool has_ref = !choice.base_ref.empty();
  const bool has_folders = !choice.base_dir.empty() || !choice.head_dir.empty();
  const bool has_addresses = !choice.base_address.empty() || !choice.head_address.empty();
  if (has_ref + has_folders + has_addresses != 1) {
    return failure(
        "say which builds to compare in one way: --base-ref main, or --base-dir DIR with "
        "--head-dir DIR, or --base URL with --head URL");
  }
  if (has_ref) return from_commit(choice.base_ref, plan, stop_request);
  if (has_folders) {
    if (choice.base_dir.empty()) return failure("--head-dir goes with --base-dir DIR");
    return from_folders(choice, plan);
  }
  if (choice.base_address.empty() || choice.head_address.empty()) {
    return failure("--base URL and --head URL go together: each is where one build runs");
  }
  if (choice.base_address == choice.head_address) {
    return failure("--base and --head are the same address, so there is nothing to compare");
  }
  ChosenBuilds chosen;
  chosen.builds.base = {choice.base_address, {}, choice.base_address};
  chosen.builds.head = {choice.head_address, {}, choice.head_address};
  return chosen;
}

}  // namespace loadgate::session
