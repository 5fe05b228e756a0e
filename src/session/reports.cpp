#include "session/reports.h"

#include <system_error>

#include "base/file.h"

namespace loadgate::session {

Result<void> prepare_folder(const std::filesystem::path& folder) {
  const std::filesystem::path probe = folder / ".loadgate-probe";
  const Result<void> written = write_file(probe, "");
  if (!written) return failure(written.error().during("preparing the folder for reports"));
  std::error_code ignored;
  std::filesystem::remove(probe, ignored);
  return {};
}

Result<std::vector<std::string>> write_reports(const metrics::RunResult& run,
                                               const gate::Summary& summary,
                                               const std::filesystem::path& folder,
                                               report::JunitFamily junit_family) {
  std::vector<std::string> paths;
  for (const report::Format& format : report::formats()) {
    const std::filesystem::path path = folder / format.file_name;
    const std::string text =
        report::make_report(format.name)->render({&run, &summary, junit_family});
    const Result<void> written = write_file(path, text);
    if (!written) return failure(written.error().during("writing the reports"));
    paths.push_back(path.string());
  }
  return paths;
}

}  // namespace loadgate::session
