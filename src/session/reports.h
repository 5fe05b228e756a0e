#pragma once

// Writes every report of a judged run into a folder. Main thread.

#include <filesystem>
#include <string>
#include <vector>

#include "base/result.h"
#include "gate/summary.h"
#include "metrics/run_result.h"
#include "report/report.h"

namespace loadgate::session {

// Makes the folder and proves that files can be written there, before a run is spent.
Result<void> prepare_folder(const std::filesystem::path& folder);

// The paths written, in the order of report::formats().
Result<std::vector<std::string>> write_reports(const metrics::RunResult& run,
                                               const gate::Summary& summary,
                                               const std::filesystem::path& folder,
                                               report::JunitFamily junit_family);

}  // namespace loadgate::session
