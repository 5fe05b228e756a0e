#include "session/judged_run.h"

#include "session/reports.h"

namespace loadgate::session {

JudgedRun deliver(metrics::RunResult run, gate::Verdict verdict, const std::filesystem::path& out,
                  report::JunitFamily junit_family) {
  JudgedRun judged;
  judged.run = std::move(run);
  judged.summary = gate::summarize(judged.run, std::move(verdict));
  Result<std::vector<std::string>> paths =
      write_reports(judged.run, judged.summary, out, junit_family);
  if (paths) {
    judged.paths = std::move(*paths);
  } else {
    judged.trouble = paths.error().text;
  }
  return judged;
}

}  // namespace loadgate::session
