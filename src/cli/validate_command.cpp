#include <fmt/format.h>

#include "base/text.h"
#include "base/units.h"
#include "cli/commands.h"
#include "cli/load_session.h"

namespace loadgate::cli {

ExitCode validate_plan(const std::string& file, const reader::Overrides& overrides,
                       const Terminal& terminal) {
  const std::optional<plan::Plan> plan = open_or_complain(file, overrides, terminal);
  if (!plan) return ExitCode::bad_input;
  const auto count = [](std::size_t number, std::string_view one) {
    return fmt::format("{} {}{}", number, one, number == 1 ? "" : "s");
  };
  terminal.out << printable(fmt::format("{}: a right plan: {} over {}, {}, {}, {}", file,
                                        count(plan->stages.size(), "stage"),
                                        format_duration(plan->length()),
                                        count(plan->scenarios.size(), "scenario"),
                                        count(plan->requests.size(), "request"),
                                        count(plan->thresholds.size(), "threshold")))
               << '\n';
  return ExitCode::passed;
}

}  // namespace loadgate::cli
