#include "cli/man_page.h"

#include <fmt/format.h>

#include <string_view>

#include "base/text.h"
#include "cli/exit_code.h"

namespace loadgate::cli {
namespace {

constexpr std::string_view kDescription =
    R"(.B loadgate
reads a test plan, puts its load on an HTTP service, and says whether the
service is fast enough: against the limits of the plan, against runs that
were stored before, or against another build that runs beside it under the
same load.
The verdict is an exit code, a page on the terminal and files that CI systems
read.
.PP
A first look, without a plan and a service:
.PP
.EX
loadgate demo
.EE
)";

constexpr std::string_view kSurroundings =
    R"(.SH ENVIRONMENT
.TP
.B NO_COLOR
When it is set and not empty, nothing is coloured.
.TP
.B CLICOLOR_FORCE
When it is set and not 0, colours are written though standard output is no
terminal.
.TP
.B GITHUB_ACTIONS
When it is
.IR true ,
pages are made for the log of a job: coloured, 120 columns wide, with details
folded.
.TP
.B TERM
When it is
.IR dumb ,
nothing is coloured and no line is drawn again.
.PP
A plan reads further variables where it names them.
.SH FILES
.TP
.I loadgate\-results/
The reports of a run, unless
.B \-\-out
names another folder.
.TP
.I baselines/
Stored runs, unless
.B \-\-baseline
names another folder.
.SH SEE ALSO
.BR curl (1),
.BR git (1)
)";

// A line that begins with one of these would be a request to roff.
std::string line_of(std::string_view text) {
  std::string out = text.starts_with('.') || text.starts_with('\'') ? "\\&" : "";
  for (const char c : text) {
    if (c == '\\') {
      out += "\\e";
    } else if (c == '-') {
      out += "\\-";
    } else {
      out += c;
    }
  }
  return out;
}

std::string bold(std::string_view text) { return "\\fB" + line_of(text) + "\\fR"; }
std::string italic(std::string_view text) { return "\\fI" + line_of(text) + "\\fR"; }

std::string names_of(const OfferedOption& option) {
  const bool is_argument = !option.names.front().starts_with('-');
  std::string text;
  for (const std::string& name : option.names) {
    text += (text.empty() ? "" : ", ") + (is_argument ? italic(name) : bold(name));
  }
  return is_argument || option.value.empty() ? text : text + " " + italic(option.value);
}

std::string option_text(const OfferedOption& option) {
  std::string text = ".TP\n" + names_of(option) + "\n" + line_of(option.description) + ".\n";
  if (!option.standard.empty()) text += "Without it: " + line_of(option.standard) + ".\n";
  return text;
}

// Lines that are indented are shown as they stand, others are filled.
std::string footer_text(const std::string& footer) {
  std::string text;
  bool is_example = false;
  const auto end_example = [&] {
    if (is_example) text += ".EE\n";
    is_example = false;
  };
  text += ".PP\n";
  for (const std::string_view line : split(footer, '\n')) {
    const bool is_indented = line.starts_with("  ");
    if (is_indented && !is_example) text += ".PP\n.EX\n";
    if (!is_indented) end_example();
    is_example = is_example || is_indented;
    text += line.empty() ? ".PP\n" : line_of(trimmed(line)) + "\n";
  }
  end_example();
  return text;
}

std::string command_text(const OfferedCommand& command) {
  std::string usage = command.path;
  for (const OfferedOption& argument : command.arguments) {
    const std::string name = argument.names.front() + (argument.repeats ? " ..." : "");
    usage += argument.is_required ? " " + name : " [" + name + "]";
  }
  std::string text = fmt::format(".SS {}\n{}.\n", line_of(usage), line_of(command.description));
  for (const OfferedOption& argument : command.arguments) text += option_text(argument);
  for (const OfferedOption& option : command.options) {
    if (option.names.back() != "--help") text += option_text(option);
  }
  if (!command.footer.empty()) text += footer_text(command.footer);
  return text;
}

std::string commands_text(const OfferedCommand& command) {
  std::string text;
  for (const OfferedCommand& below : command.commands) {
    text += below.commands.empty() ? command_text(below) : commands_text(below);
  }
  return text;
}

std::string exit_text() {
  std::string text = ".SH EXIT STATUS\n";
  for (const ExitMeaning& meaning : exit_meanings()) {
    text += fmt::format(".TP\n.B {}\n{}\n", static_cast<int>(meaning.code), line_of(meaning.whole));
  }
  return text;
}

}  // namespace

std::string render_man_page(const OfferedCommand& root, const std::string& version,
                            const std::string& date) {
  std::string text = fmt::format(
      ".\\\" Written by `loadgate man` from what its command line offers.\n"
      ".TH LOADGATE 1 \"{}\" \"loadgate {}\" \"User Commands\"\n"
      ".SH NAME\nloadgate \\- a performance gate for pull requests\n"
      ".SH SYNOPSIS\n.B loadgate\n.I COMMAND\n[\\fIOPTIONS\\fR]\n.SH DESCRIPTION\n{}",
      date, version, kDescription);
  text += ".SH COMMANDS\n" + commands_text(root);
  text += ".SH OPTIONS\nThese may stand anywhere on the line.\n";
  for (const OfferedOption& option : root.options) text += option_text(option);
  text += exit_text() + std::string(kSurroundings);
  return text;
}

}  // namespace loadgate::cli
