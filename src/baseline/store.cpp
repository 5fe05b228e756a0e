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
  return name.starts_with('.') || name == "README.md";
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

}  // namespace

fs::path Store::folder_of(const std::string& plan_name) const {
  return root_ / file_name(plan_name);
}

Result<std::vector<Stored>> Store::runs(const std::string& plan_name) const {
  const Result<std::vector<fs::path>> files = files_in(folder_of(plan_name));
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
  for (auto run = stored->rbegin(); run != stored->rend(); ++run) {  // Newest first.
    if (++kept[run->digest.environment.fingerprint()] <= keep) continue;
    std::error_code error;
    if (!fs::remove(run->file, error) && error) {
      return failure(fmt::format("cannot remove {}: {}", run->file.string(), error.message()));
    }
    removed.push_back(run->file);
  }
  std::reverse(removed.begin(), removed.end());
  return removed;
}

}  // namespace loadgate::baseline
