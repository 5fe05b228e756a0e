#include "cli/exit_code.h"

namespace loadgate::cli {

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
