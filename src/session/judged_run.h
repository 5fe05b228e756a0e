#pragma once

// What an invocation comes to: a run, its verdict, and where its reports lie. Main thread.

#include <filesystem>
#include <string>
#include <vector>

#include "gate/summary.h"
#include "metrics/run_result.h"
#include "report/report.h"

namespace loadgate::session {

struct JudgedRun {
  metrics::RunResult run;
  gate::Summary summary;
  std::vector<std::string> paths;  // Of the reports.
  std::string trouble;             // Reports that could not be written; empty when all were.
};

// Writes all reports into a folder that is prepared (reports.h).
JudgedRun deliver(metrics::RunResult run, gate::Verdict verdict, const std::filesystem::path& out,
                  report::JunitFamily junit_family);

}  // namespace loadgate::session
