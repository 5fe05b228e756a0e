#include "cli/exit_code.h"

namespace loadgate::cli {

std::span<const ExitMeaning> exit_meanings() {
  static constexpr ExitMeaning kMeanings[] = {
      {ExitCode::passed, "passed", "Passed, or undecided without --strict."},
      {ExitCode::regression, "regression",
       "Regression: worse than base or the baseline, or head died in a duet."},
      {ExitCode::threshold_missed, "threshold missed",
       "A threshold of the plan was missed; of try: a request did not do what the plan expects."},
      {ExitCode::invalid_run, "invalid run",
       "No verdict: the service died or cannot be reached, or the load generator failed."},
      {ExitCode::inconclusive, "inconclusive (with --strict)", "Inconclusive, with --strict."},
      {ExitCode::bad_input, "wrong plan or command line",
       "Plan, command line or a stored file is wrong; nothing was sent."},
      {ExitCode::internal_error, "a bug in loadgate", "A bug in loadgate."},
      {ExitCode::interrupted, "interrupted", "Interrupted; what there is was reported."},
  };
  return kMeanings;
}

ExitCode exit_code_of(gate::Conclusion conclusion, Strictness strictness) {
  switch (conclusion) {
    case gate::Conclusion::passed:
      return ExitCode::passed;
    case gate::Conclusion::regression:
      return ExitCode::regression;
    case gate::Conclusion::threshold_missed:
      return ExitCode::threshold_missed;
    case gate::Conclusion::invalid:
      return ExitCode::invalid_run;
    case gate::Conclusion::interrupted:
      return ExitCode::interrupted;
    case gate::Conclusion::inconclusive:
      break;
  }
  return strictness == Strictness::strict ? ExitCode::inconclusive : ExitCode::passed;
}

}  // namespace loadgate::cli
