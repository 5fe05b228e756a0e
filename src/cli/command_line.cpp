#include "cli/command_line.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <array>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/text.h"
#include "cli/command_groups.h"
#include "cli/command_tree.h"
#include "cli/github_log.h"
#include "cli/help.h"
#include "cli/live_option.h"
#include "report/text_table.h"

namespace loadgate::cli {
namespace {

constexpr std::string_view kExamples = R"(Examples:
  loadgate demo                                   # see it work, in a minute
  loadgate try plan.yaml                          # one user, everything shown
  loadgate duet plan.yaml --base-ref origin/main  # this checkout beside that
  loadgate run plan.yaml --users 50 --spawn-rate 5/s --run-time 2m
  loadgate baseline record plan.yaml --runs 5     # what later runs must hold
)";

std::string footer() {
  std::string codes = "Exit codes:";
  for (const ExitMeaning& meaning : exit_meanings()) {
    codes += fmt::format("{} {} {}", meaning.code == ExitCode::passed ? "" : ",",
                         static_cast<int>(meaning.code), meaning.brief);
  }
  const std::string lines = report::wrapped(codes + ".", 0, 80);
  return std::string(kExamples) + "\n" + lines.substr(0, lines.size() - 1);
}

// Help as our tree of commands shows it.
class HelpText final : public CLI::FormatterBase {
 public:
  std::string make_help(const CLI::App* app, std::string, CLI::AppFormatMode) const override {
    return render_help(read_tree(*app));
  }
};

// Words as typed, quoted so that a shell reads them back.
std::string as_typed(std::span<char*> arguments) {
  std::string command = "loadgate";
  for (const char* argument : arguments.subspan(1)) {
    const std::string_view word = argument;
    constexpr std::string_view kPlain =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_./:=%,@+";
    const bool is_plain = !word.empty() && word.find_first_not_of(kPlain) == std::string_view::npos;
    command += ' ';
    if (is_plain) {
      command += word;
      continue;
    }
    command += '\'';
    for (const char c : word) command += c == '\'' ? std::string("'\\''") : std::string(1, c);
    command += '\'';
  }
  return command;
}

Color color_called(const std::string& word) {
  if (word == "auto") return Color::automatic;
  if (word == "always") return Color::always;
  if (word == "never") return Color::never;
  throw CLI::ValidationError("--color", "\"" + word + "\" is not one of auto, always, never");
}

constexpr const char* kEverywhere = "Everywhere";

// What CLI11 says badly: that the first word is no command, or that there is none.
std::string complaint_about_command(const CLI::App& root) {
  const CLI::App* group = &root;
  std::string called = root.get_name();
  while (!group->get_subcommands().empty()) {
    group = group->get_subcommands().front();
    called += ' ' + group->get_name();
  }
  if (group->get_require_subcommand_min() == 0) return {};
  const std::vector<std::string> words = root.remaining(true);
  const auto is_word = [](const std::string& word) { return !word.starts_with('-'); };
  const auto wrong = std::find_if(words.begin(), words.end(), is_word);
  return (wrong == words.end() ? "a command is missing" : "there is no command \"" + *wrong + '"') +
         "\n" + called + " --help lists them.\n";
}

class CommandLine {
 public:
  explicit CommandLine(const std::string& as_typed) {
    app_.require_subcommand(1);
    app_.fallthrough();  // Inherited by commands made later: --quiet may stand anywhere.
    app_.formatter(std::make_shared<HelpText>());
    add_terminal_options();
    const Offer gates{app_, chosen_, "Judge a service"};
    offer_duets(gates, as_typed);
    offer_runs(gates, as_typed);
    offer_results(gates);
    offer_plans({app_, chosen_, "Write a plan"});
    const Offer more{app_, chosen_, "More"};
    offer_demo(more);
    offer_shells(more);
    app_.footer(footer());  // Last: commands made later would inherit it.
  }
  // Options know where their values go.
  CommandLine(const CommandLine&) = delete;
  CommandLine& operator=(const CommandLine&) = delete;

  CLI::App& app() { return app_; }
  const Command& chosen() const { return chosen_; }
  Color color() const { return color_; }
  bool is_quiet() const { return is_quiet_; }

 private:
  void add_terminal_options() {
    app_.add_option_function<std::string>(
            "--color", [this](const std::string& word) { color_ = color_called(word); },
            "Colours; auto: on terminals, in GitHub's logs")
        ->type_name("auto|always|never")
        ->group(kEverywhere);
    app_.add_flag("-q,--quiet", is_quiet_, "Only the verdict: no progress, no tables")
        ->group(kEverywhere);
    app_.set_version_flag("--version", std::string("loadgate " LOADGATE_VERSION), "Print it")
        ->group(kEverywhere);
    app_.set_help_flag("-h,--help", "Help, of a command where one is named")->group(kEverywhere);
  }

  CLI::App app_{"A performance gate for pull requests.", "loadgate"};
  Color color_ = Color::automatic;
  bool is_quiet_ = false;
  Command chosen_;  // Bound to its flags.
};

// Nothing where a command was chosen; else how it ended.
std::optional<ExitCode> read(CommandLine& command_line, std::span<char*> arguments,
                             std::ostream& out, std::ostream& err) {
  try {
    std::vector<std::string> words = with_live_address({arguments.begin() + 1, arguments.end()});
    std::reverse(words.begin(), words.end());  // As CLI11 takes them.
    command_line.app().parse(std::move(words));
  } catch (const CLI::ParseError& error) {
    if (error.get_exit_code() == static_cast<int>(CLI::ExitCodes::RequiredError)) {
      const std::string complaint = complaint_about_command(command_line.app());
      if (!complaint.empty()) {
        err << printable(complaint, Newlines::keep);
        return ExitCode::bad_input;
      }
    }
    // CLI11's own codes start at 100; help and version are no errors.
    const int code = command_line.app().exit(error, out, err);
    return code == 0 ? ExitCode::passed : ExitCode::bad_input;
  }
  return std::nullopt;
}

// Those that come to a verdict, of which a job is told.
bool is_of_a_gate(const CLI::App& root) {
  constexpr std::array<std::string_view, 4> kGates = {"run", "duet", "compare", "report"};
  const std::vector<CLI::App*> called = root.get_subcommands();
  return !called.empty() &&
         std::find(kGates.begin(), kGates.end(), called.front()->get_name()) != kGates.end();
}

struct Outputs {
  std::ostream& out;
  std::ostream& err;
  GithubLog* github = nullptr;
};

struct Ended {
  ExitCode code;
  bool is_of_a_gate = false;
};

Ended run_command(std::span<char*> arguments, const Outputs& outputs) {
  CommandLine command_line(as_typed(arguments));
  const std::optional<ExitCode> ended = read(command_line, arguments, outputs.out, outputs.err);
  const bool is_gate = is_of_a_gate(command_line.app());
  // Help is no verdict.
  if (ended) return {*ended, is_gate && *ended != ExitCode::passed};
  const Terminal terminal{outputs.out, outputs.err, command_line.color(), command_line.is_quiet(),
                          outputs.github};
  return {command_line.chosen()(terminal), is_gate};
}

}  // namespace

ExitCode run(std::span<char*> arguments, std::ostream& out, std::ostream& err) {
  std::optional<session::GithubStep> step = session::github_step();
  if (!step) return run_command(arguments, {out, err}).code;
  GithubLog log(std::move(*step), out, err);
  const Ended ended = run_command(arguments, {log.out(), log.err(), &log});
  if (!ended.is_of_a_gate) return ended.code;
  const std::string trouble = log.finish(ended.code);
  if (!trouble.empty()) log.err() << "loadgate: " << printable(trouble) << '\n';
  return ended.code;
}

bool is_understood(std::span<char*> arguments, std::ostream& err) {
  CommandLine command_line(as_typed(arguments));
  return !read(command_line, arguments, err, err);
}

OfferedCommand offered() { return read_tree(CommandLine("loadgate").app()); }

}  // namespace loadgate::cli
