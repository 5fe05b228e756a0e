#include <string_view>

#include "cli/commands.h"
#include "session/plan_file.h"

namespace loadgate::cli {

ExitCode print_example(const std::string& name, const Terminal& terminal) {
  if (name.empty()) {
    for (const std::string_view file : session::example_plans()) terminal.out << file << '\n';
    return ExitCode::passed;
  }
  const std::string_view text = session::example_plan(name);
  if (text.empty()) {
    terminal.complain("there is no example \"" + name + "\": `loadgate example` lists them");
    return ExitCode::bad_input;
  }
  terminal.out << text;
  return ExitCode::passed;
}

}  // namespace loadgate::cli
