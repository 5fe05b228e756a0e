#include "baseline/store.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <system_error>
#include <tuple>

#include "base/file.h"
#include "base/hash.h"
#include "base/text.h"

namespace loadgate::baseline {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kHashDigits = 8;

// Sorted by name as by time, and apart for two runs of one second.
std::string file_name_of(const metrics::RunDigest& digest, std::string_view content) {
  std::string date = iso8601(digest.started);
  std::replace(date.begin(), date.end(), ':', '-');  // Some file systems forbid it.
  return fmt::format("{}-{}.json", date, fingerprint_of(content).substr(0, kHashDigits));
}

bool is_ignored(const fs::path& file) {
  const std::string name = file.filename().string();
  return name.starts_with('.') || name == "README.md" || name == kAnchorFolder;
}

Result<std::vector<fs::path>> files_in(const fs::path& folder) {
  std::vector<fs::path> files;
  std::error_code error;
  for (fs::directory_iterator entry(folder, error), end; !error && entry != end;
       entry.increment(error)) {
    if (!is_ignored(entry->path())) files.push_back(entry->path());
  }
  if (error == std::errc::no_such_file_or_directory) return files;
  if (error) {
    return failure(
        fmt::format("cannot read the baseline in {}: {}", folder.string(), error.message()));
  }
  std::sort(files.begin(), files.end());
  return files;
}

Result<Stored> read_run(const fs::path& file, const std::string& plan_name) {
  const auto refused = [&](std::string_view why, std::string_view way_out) {
    return failure(
        fmt::format("{} is no stored run of this plan: {}; {}", file.string(), why, way_out));
  };
  if (file.extension() != ".json") return refused("it is not a .json file", "move it elsewhere");
  const Result<std::string> content = read_file(file);
  if (!content) return failure(content.error().during("reading the baseline"));
  Result<metrics::RunDigest> digest = metrics::parse_run_digest(*content);
  if (!digest) {
    return refused(digest.error().text, "restore it from version control, or remove it");
  }
  if (digest->plan_name != plan_name) {
    return refused(
        fmt::format("it belongs to the plan \"{}\", not to \"{}\"", digest->plan_name, plan_name),
        "move it to that plan's folder, or give the plans names that differ in more than "
        "punctuation");
  }
  digest->file = file.string();
  return Stored{file, *std::move(digest)};
}

// Oldest first.
Result<std::vector<Stored>> read_runs(const fs::path& folder, const std::string& plan_name) {
  const Result<std::vector<fs::path>> files = files_in(folder);
  if (!files) return failure(files.error());
  std::vector<Stored> runs;
  for (const fs::path& file : *files) {
    Result<Stored> run = read_run(file, plan_name);
    if (!run) return failure(run.error());
    runs.push_back(*std::move(run));
  }
  std::sort(runs.begin(), runs.end(), [](const Stored& a, const Stored& b) {
    return std::tie(a.digest.started, a.file) < std::tie(b.digest.started, b.file);
  });
  return runs;
}

Result<void> remove_file(const fs::path& file) {
  std::error_code error;
  if (fs::remove(file, error) || !error) return {};
  return failure(fmt::format("cannot remove {}: {}", file.string(), error.message()));
}

Result<void> copy_to(const fs::path& folder, const fs::path& file) {
  const Result<std::string> content = read_file(file);
  if (!content) return failure(content.error());
  return write_file(folder / file.filename(), *content);
}

}  // namespace

fs::path Store::folder_of(const std::string& plan_name) const {
  return root_ / file_name(plan_name);
}

Result<std::vector<Stored>> Store::runs(const std::string& plan_name) const {
  return read_runs(folder_of(plan_name), plan_name);
}

Result<std::vector<Stored>> Store::anchor(const std::string& plan_name) const {
  return read_runs(folder_of(plan_name) / kAnchorFolder, plan_name);
}

Result<fs::path> Store::add(const metrics::RunDigest& digest) const {
  const std::string content = metrics::to_json(digest);
  const fs::path file = folder_of(digest.plan_name) / file_name_of(digest, content);
  std::error_code error;
  if (fs::exists(file, error)) {
    return failure(fmt::format("{} is there already: this run is stored", file.string()));
  }
  const Result<void> written = write_file(file, content);
  if (!written) return failure(written.error().during("storing the run"));
  return file;
}

Result<std::vector<fs::path>> Store::prune(const std::string& plan_name, std::size_t keep) const {
  const Result<std::vector<Stored>> stored = runs(plan_name);
  if (!stored) return failure(stored.error());
  std::map<std::string, std::size_t> kept;
  std::vector<fs::path> removed;
  bool has_accepted = false;
  for (auto run = stored->rbegin(); run != stored->rend(); ++run) {  // Newest first.
    const bool is_newest_accepted = !run->digest.accepted.empty() && !has_accepted;
    has_accepted = has_accepted || is_newest_accepted;
    if (++kept[run->digest.environment.fingerprint()] <= keep || is_newest_accepted) continue;
    const Result<void> gone = remove_file(run->file);
    if (!gone) return failure(gone.error());
    removed.push_back(run->file);
  }
  std::reverse(removed.begin(), removed.end());
  return removed;
}

Result<std::size_t> Store::pin(const std::string& plan_name) const {
  const Result<std::vector<Stored>> present = runs(plan_name);
  if (!present) return failure(present.error());
  if (present->size() < kFewestPinned) {
    return failure(fmt::format("an anchor needs at least {} runs, and {} holds {}: record more",
                               kFewestPinned, folder_of(plan_name).string(), present->size()));
  }
  const Result<std::vector<Stored>> before = anchor(plan_name);
  if (!before) return failure(before.error());
  for (const Stored& old : *before) {
    const Result<void> gone = remove_file(old.file);
    if (!gone) return failure(gone.error());
  }
  for (const Stored& run : *present) {
    const Result<void> copied = copy_to(folder_of(plan_name) / kAnchorFolder, run.file);
    if (!copied) return failure(copied.error().during("pinning the runs"));
  }
  return present->size();
}

}  // namespace loadgate::baseline
