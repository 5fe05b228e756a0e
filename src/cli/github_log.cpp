#include "cli/github_log.h"

namespace loadgate::cli {
namespace {

// Of a command that came to no verdict.
std::string verdict_output(ExitCode code) {
  switch (code) {
    case ExitCode::passed:
      return session::verdict_output(gate::Conclusion::passed);
    case ExitCode::bad_input:
      return "bad-input";
    case ExitCode::interrupted:
      return session::verdict_output(gate::Conclusion::interrupted);
    default:
      break;
  }
  return session::verdict_output(gate::Conclusion::invalid);
}

}  // namespace

void GithubLog::print(const std::string& page) {
  out_ << report::fenced(page, session::unguessable()) << std::flush;
}

std::string GithubLog::tell(const gate::Summary& summary, const std::vector<std::string>& reports,
                            Lines lines) {
  verdict_ = session::verdict_output(summary.verdict.conclusion);
  reports_ = reports;
  if (session::is_told(step_, summary)) return "";
  (lines == Lines::out ? out_ : err_) << session::annotation_lines(step_, summary) << std::flush;
  const Result<void> written = session::append_summary(step_, summary);
  return written ? "" : written.error().text;
}

std::string GithubLog::finish(ExitCode code) {
  const std::string verdict = verdict_.empty() ? verdict_output(code) : verdict_;
  const Result<void> written =
      session::append_outputs(step_, {verdict, static_cast<int>(code), reports_});
  return written ? "" : written.error().text;
}

}  // namespace loadgate::cli
