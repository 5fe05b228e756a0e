#include "session/judge_again.h"

#include <algorithm>
#include <filesystem>
#include <vector>

#include "base/file.h"
#include "baseline/store.h"
#include "metrics/run_digest.h"

namespace loadgate::session {
namespace {

namespace fs = std::filesystem;

Result<metrics::RunDigest> read_digest(const std::string& file) {
  const Result<std::string> text = read_file(file);
  if (!text) return failure(text.error());
  Result<metrics::RunDigest> digest = metrics::parse_run_digest(*text);
  if (!digest) {
    const Result<report::StoredResult> stored = report::parse_stored_result(*text);
    if (!stored) {
      return failure(file + " is neither a result nor a run of a baseline: as a result, " +
                     stored.error().text + "; as a run of a baseline, " + digest.error().text);
    }
    digest = metrics::digest_of(stored->run);
  }
  digest->file = file;
  return digest;
}

Result<std::vector<std::string>> files_of(const std::string& path) {
  std::error_code error;
  if (!fs::is_directory(path, error)) return std::vector<std::string>{path};
  std::vector<std::string> files;
  for (const fs::directory_entry& entry : fs::directory_iterator(path, error)) {
    if (entry.path().extension() == ".json") files.push_back(entry.path().string());
  }
  if (error) return failure("cannot read " + path + ": " + error.message());
  if (files.empty()) return failure("no result lies in " + path);
  std::sort(files.begin(), files.end());
  return files;
}

Result<std::vector<metrics::RunDigest>> read_digests(const std::string& path) {
  const Result<std::vector<std::string>> files = files_of(path);
  if (!files) return failure(files.error());
  std::vector<metrics::RunDigest> digests;
  for (const std::string& file : *files) {
    Result<metrics::RunDigest> digest = read_digest(file);
    if (!digest) return failure(digest.error());
    digests.push_back(std::move(*digest));
  }
  return digests;
}

}  // namespace

Result<report::StoredResult> read_result(const std::string& file) {
  const Result<std::string> text = read_file(file);
  if (!text) return failure(text.error());
  Result<report::StoredResult> stored = report::parse_stored_result(*text);
  if (!stored) return failure(stored.error().during("reading " + file));
  return stored;
}

Result<gate::Baseline> read_base(const std::string& path) {
  gate::Baseline baseline;
  baseline.folder = path;
  Result<std::vector<metrics::RunDigest>> runs = read_digests(path);
  if (!runs) return failure(runs.error());
  baseline.runs = std::move(*runs);
  const fs::path anchor = fs::path(path) / baseline::kAnchorFolder;
  std::error_code error;
  if (!fs::is_directory(anchor, error)) return baseline;
  Result<std::vector<metrics::RunDigest>> pinned = read_digests(anchor.string());
  if (!pinned) return failure(pinned.error());
  baseline.anchor = std::move(*pinned);
  return baseline;
}

Result<Compared> compare(const std::string& base, const std::string& head) {
  Result<gate::Baseline> baseline = read_base(base);
  if (!baseline) return failure(baseline.error());
  Result<report::StoredResult> stored = read_result(head);
  if (!stored) return failure(stored.error());
  Compared compared;
  compared.summary = gate::summarize(stored->run, gate::judge(stored->run, std::move(*baseline)));
  compared.run = std::move(stored->run);
  return compared;
}

}  // namespace loadgate::session
