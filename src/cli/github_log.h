#pragma once

// The step of a GitHub Actions job that a command runs in, and what the job is told of its
// verdict: annotations, the summary, outputs. Main thread.

#include <cstdint>
#include <ostream>
#include <string>
#include <utility>
#include <vector>

#include "cli/exit_code.h"
#include "cli/harmless_stream.h"
#include "gate/summary.h"
#include "session/github_job.h"

namespace loadgate::cli {

class GithubLog {
 public:
  // `out` and `err` are those of the process: what the runner reads, and outlive this.
  GithubLog(session::GithubStep step, std::ostream& out, std::ostream& err)
      : step_(std::move(step)), out_(out), err_(err), text_out_(out), text_err_(err) {}

  // For all text: the runner obeys nothing in it.
  std::ostream& out() { return text_out_; }
  std::ostream& err() { return text_err_; }

  // A page with folds, on standard output. REQUIRES: nothing else in it begins with "::".
  void print(const std::string& page);
  // Left as it is, for those who read it as data: nothing in it may be an order.
  std::ostream& data() { return out_; }

  // Tells of a verdict, once in a step: annotations on `lines`, and the summary of the job.
  // Says what could not be written; empty: all was.
  enum class Lines : std::uint8_t { out, err };
  std::string tell(const gate::Summary& summary, const std::vector<std::string>& reports,
                   Lines lines);

  // What later steps read; last, with what the process ends with. Empty: it was written.
  std::string finish(ExitCode code);

 private:
  session::GithubStep step_;
  std::ostream& out_;
  std::ostream& err_;
  HarmlessStream text_out_, text_err_;
  std::string verdict_;  // Empty: the command came to none.
  std::vector<std::string> reports_;
};

}  // namespace loadgate::cli
