#include "cli/command_line.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <functional>
#include <iostream>

#include "base/text.h"
#include "base/units.h"
#include "cli/commands.h"

namespace loadgate::cli {
namespace {

constexpr std::string_view kFooter = R"(
Examples:
  loadgate demo                                  see it work, in about a minute
  loadgate try plan.yaml                         one user, everything shown: to write a plan with
  loadgate run plan.yaml                         load, judge, report
  loadgate run plan.yaml --users 50 --spawn-rate 5/s --run-time 2m --host http://127.0.0.1:8000
  loadgate baseline record plan.yaml --runs 5    what later runs are held against

Exit codes: 0 passed, 1 regression, 2 threshold missed, 3 invalid run,
4 inconclusive (with --strict), 64 wrong plan or command line, 130 interrupted.)";

// The command that was chosen, bound to its flags.
using Command = std::function<ExitCode(const Terminal&)>;

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

// A value of ours read from a word; the complaint names what is expected.
template <class T, class Parse>
void add_unit_option(CLI::App& app, const std::string& name, std::optional<T>& target, Parse parse,
                     const std::string& example, const std::string& description) {
  app.add_option_function<std::string>(
         name,
         [&target, parse, name, example](const std::string& word) {
           target = parse(word);
           if (!target) {
             throw CLI::ValidationError(
                 name, fmt::format("\"{}\" is not right here: write it like {}", word, example));
           }
         },
         description)
      ->type_name(example);
}

void add_target_and_variables(CLI::App& app, reader::Overrides& overrides) {
  app.add_option("--host", overrides.host, "The target, instead of the plan's")
      ->type_name("http://HOST:PORT");
  app.add_option_function<std::vector<std::string>>(
         "--var",
         [&overrides](const std::vector<std::string>& words) {
           for (const std::string& word : words) {
             const std::size_t equals = word.find('=');
             if (equals == std::string::npos || equals == 0) {
               throw CLI::ValidationError("--var", "write it like --var username=anna");
             }
             overrides.variables.emplace_back(word.substr(0, equals), word.substr(equals + 1));
           }
         },
         "A variable of the plan; may be given again")
      ->type_name("NAME=VALUE")
      ->allow_extra_args(false);
}

void add_overrides(CLI::App& app, reader::Overrides& overrides) {
  app.add_option("--users", overrides.users, "Users at the peak; replaces the plan's stages")
      ->type_name("50");
  add_unit_option(app, "--spawn-rate", overrides.spawn_rate, parse_rate, "5/s",
                  "Users started a second");
  add_unit_option(app, "--run-time", overrides.run_time, parse_duration, "5m",
                  "Length of the whole run");
  app.add_option("--profile", overrides.profile, "One of the plan's profiles")->type_name("NAME");
  add_target_and_variables(app, overrides);
}

void add_seed(CLI::App& app, std::optional<std::uint64_t>& seed) {
  app.add_option("--seed", seed, "Repeats a run's random choices")
      ->check(CLI::Range(std::uint64_t{0}, std::uint64_t{1} << 53U))
      ->type_name("N");
}

void add_load_flags(CLI::App& app, LoadFlags& flags) {
  app.add_option("PLAN", flags.plan, "The test plan")->required();
  add_overrides(app, flags.overrides);
  add_seed(app, flags.seed);
  app.add_option("--workers", flags.workers, "Threads that send; default: half the cores")
      ->check(CLI::Range(1, 256))
      ->type_name("N");
  app.add_option("--window-budget", flags.window_budget,
                 "Time windows kept; longer runs merge them two by two")
      ->check(CLI::Range(2, 100'000))
      ->type_name("N");
}

void add_baseline_option(CLI::App& app, std::filesystem::path& baseline) {
  app.add_option("--baseline", baseline, "The folder of baselines")->capture_default_str();
}

class CommandLine {
 public:
  explicit CommandLine(std::string command) {
    flags_.run.load.command = command;
    flags_.record.load.command = std::move(command);
    app_.footer(std::string(kFooter));
    app_.require_subcommand(1);
    app_.fallthrough();  // Inherited by commands made later: --quiet may stand anywhere.
    app_.set_version_flag("--version", std::string("loadgate " LOADGATE_VERSION));
    app_.get_formatter()->column_width(34);
    add_terminal_options(app_);
    add_run();
    add_baseline();
    add_stored();
    add_plan_tools();
    add_demo();
  }

  CLI::App& app() { return app_; }
  const Command& chosen() const { return chosen_; }
  Color color() const { return color_; }
  bool is_quiet() const { return is_quiet_; }

 private:
  void add_terminal_options(CLI::App& app) {
    app.add_option("--color", color_, "auto, always or never")
        ->transform(CLI::CheckedTransformer(std::map<std::string, Color>{
            {"auto", Color::automatic}, {"always", Color::always}, {"never", Color::never}}))
        ->type_name("WHEN");
    app.add_flag("--quiet,-q", is_quiet_, "No progress, only the result");
  }

  void choose(CLI::App* app, Command command) {
    app->callback([this, command = std::move(command)] { chosen_ = command; });
  }

  void add_run() {
    CLI::App* app = app_.add_subcommand("run", "Put the plan's load on its target, judge, report");
    add_load_flags(*app, flags_.run.load);
    add_baseline_option(*app, flags_.run.baseline);
    app->add_flag("--no-baseline", flags_.run.ignores_baseline, "Judge thresholds only");
    app->add_option("--out", flags_.run.out, "The folder of the reports")->capture_default_str();
    add_strict(*app, flags_.run.strictness);
    choose(app, [this](const Terminal& terminal) { return run_plan(flags_.run, terminal); });
  }

  void add_strict(CLI::App& app, Strictness& strictness) {
    app.add_flag_callback(
        "--strict", [&strictness] { strictness = Strictness::strict; },
        "Exit with 4 where the gate is inconclusive");
  }

  void add_baseline() {
    CLI::App* baseline = app_.add_subcommand("baseline", "Keep runs to hold later ones against");
    baseline->require_subcommand(1);
    baseline->fallthrough();

    CLI::App* record = baseline->add_subcommand("record", "Run the plan and keep the runs");
    add_load_flags(*record, flags_.record.load);
    add_baseline_option(*record, flags_.record.baseline);
    record->add_option("--runs", flags_.record.runs, "How many")
        ->check(CLI::Range(1, 100))
        ->capture_default_str();
    choose(record,
           [this](const Terminal& terminal) { return record_baseline(flags_.record, terminal); });

    CLI::App* add = baseline->add_subcommand("add", "Keep finished runs");
    add->add_option("RESULT", flags_.results, "result.json of a run")->required();
    add_baseline_option(*add, flags_.baseline);
    choose(add, [this](const Terminal& terminal) {
      return add_to_baseline(flags_.results, flags_.baseline, terminal);
    });

    CLI::App* show = baseline->add_subcommand("show", "List the runs of a plan");
    show->add_option("PLAN", flags_.plan, "The test plan")->required();
    add_baseline_option(*show, flags_.baseline);
    choose(show, [this](const Terminal& terminal) {
      return show_baseline(flags_.plan, flags_.baseline, terminal);
    });

    CLI::App* prune = baseline->add_subcommand("prune", "Remove the oldest runs of each machine");
    prune->add_option("PLAN", flags_.plan, "The test plan")->required();
    add_baseline_option(*prune, flags_.baseline);
    prune->add_option("--keep", flags_.keep, "How many stay")
        ->check(CLI::Range(1, 1000))
        ->capture_default_str();
    choose(prune, [this](const Terminal& terminal) {
      return prune_baseline(flags_.plan, flags_.baseline, flags_.keep, terminal);
    });
  }

  void add_stored() {
    CLI::App* compare = app_.add_subcommand("compare", "Judge a stored result against others");
    compare->add_option("BASE", flags_.compare.base, "A result, a baseline's file, or a folder")
        ->required();
    compare->add_option("HEAD", flags_.compare.head, "The result to judge")->required();
    compare->add_option("--out", flags_.compare.out, "Write the reports there");
    add_strict(*compare, flags_.compare.strictness);
    choose(compare,
           [this](const Terminal& terminal) { return compare_results(flags_.compare, terminal); });

    CLI::App* report = app_.add_subcommand("report", "Write the reports of a result again");
    report->add_option("RESULT", flags_.result, "result.json of a run")->required();
    report->add_option("--out", flags_.out, "The folder of the reports")->capture_default_str();
    choose(report, [this](const Terminal& terminal) {
      return report_again(flags_.result, flags_.out, terminal);
    });
  }

  void add_plan_tools() {
    CLI::App* validate =
        app_.add_subcommand("validate", "Say all that is wrong with a plan; nothing is sent");
    validate->add_option("PLAN", flags_.plan, "The test plan")->required();
    add_overrides(*validate, flags_.overrides);
    choose(validate, [this](const Terminal& terminal) {
      return validate_plan(flags_.plan, flags_.overrides, terminal);
    });

    add_try();

    add_init();

    add_schema();

    CLI::App* example = app_.add_subcommand("example", "Print an example plan, or list them");
    example->add_option("NAME", flags_.example, "Of the example");
    choose(example,
           [this](const Terminal& terminal) { return print_example(flags_.example, terminal); });
  }

  void add_try() {
    CLI::App* app = app_.add_subcommand(
        "try", "One user, one pass of each scenario, every request and response shown");
    app->add_option("PLAN", flags_.trial.plan, "The test plan")->required();
    add_target_and_variables(*app, flags_.trial.overrides);
    app->add_option("--scenario", flags_.trial.scenario, "Only this one")->type_name("NAME");
    app->add_option("--user", flags_.trial.user, "Which user: {{ user.id }} and random values")
        ->check(CLI::Range(1, 1'000'000))
        ->capture_default_str();
    add_seed(*app, flags_.trial.seed);
    choose(app, [this](const Terminal& terminal) { return try_plan(flags_.trial, terminal); });
  }

  void add_schema() {
    CLI::App* schema = app_.add_subcommand("schema", "Print the JSON Schema of plans, for editors");
    schema->add_flag_callback(
        "--reference", [this] { flags_.schema = SchemaForm::reference; },
        "Print the reference of all keys instead, as Markdown");
    choose(schema,
           [this](const Terminal& terminal) { return print_schema(flags_.schema, terminal); });
  }

  void add_init() {
    CLI::App* init =
        app_.add_subcommand("init", "Write a first plan and a workflow, asking nothing");
    init->add_option("--out", flags_.init.plan, "The plan to write")->capture_default_str();
    CLI::Option* har =
        init->add_option("--from-har", flags_.init.har, "Make the plan from a browser's recording");
    har->type_name("FILE");
    init->add_option("--from-openapi", flags_.init.openapi, "Make it from an OpenAPI description")
        ->type_name("FILE")
        ->excludes(har);
    init->add_flag("--assets", flags_.init.keeps_assets,
                   "Of a recording, keep images, fonts, styles and scripts")
        ->needs(har);
    init->add_flag("--force", flags_.init.overwrites, "Replace files that are there");
    choose(init, [this](const Terminal& terminal) { return init_plan(flags_.init, terminal); });
  }

  void add_demo() {
    CLI::App* demo = app_.add_subcommand("demo", "Everything on a built-in service, in a minute");
    demo->add_option("--out", flags_.demo_out, "The folder it leaves")->capture_default_str();
    demo->add_option("--seed", flags_.seed, "Repeats a demo's random choices")->type_name("N");
    choose(demo, [this](const Terminal& terminal) {
      return play_demo(flags_.demo_out, flags_.seed, terminal);
    });

    CLI::App* target = app_.add_subcommand("target", "The built-in service alone, until Ctrl-C");
    target->add_option("--port", flags_.target.port, "0: a free one")->capture_default_str();
    add_fault(*target, "slower", "20%", "All answers, by so much");
    add_fault(*target, "delayed", "1%", "So many answers come later");
    add_fault(*target, "delay", "200ms", "... by so much");
    add_fault(*target, "errors", "2%", "So many answers are status 500");
    choose(target,
           [this](const Terminal& terminal) { return serve_target(flags_.target, terminal); });
  }

  void add_fault(CLI::App& target, const std::string& name, const std::string& example,
                 const std::string& description) {
    target
        .add_option_function<std::string>(
            "--" + name,
            [this, name](const std::string& value) {
              flags_.target.faults.emplace_back(name, value);
            },
            description)
        ->type_name(example);
  }

  struct Flags {
    RunFlags run;
    RecordFlags record;
    CompareFlags compare;
    TargetFlags target;
    session::InitOptions init;
    SchemaForm schema = SchemaForm::json;
    TryFlags trial;
    reader::Overrides overrides;
    std::filesystem::path baseline = "baselines";
    std::filesystem::path out = "loadgate-results";
    std::filesystem::path demo_out = "loadgate-demo";
    std::string plan, result, example;
    std::vector<std::string> results;
    std::optional<std::uint64_t> seed;
    int keep = 20;
  };

  CLI::App app_{"A performance gate for pull requests.", "loadgate"};
  Flags flags_;
  Color color_ = Color::automatic;
  bool is_quiet_ = false;
  Command chosen_;
};

}  // namespace

ExitCode run(std::span<char*> arguments, std::ostream& out, std::ostream& err) {
  CommandLine command_line(as_typed(arguments));
  try {
    command_line.app().parse(static_cast<int>(arguments.size()), arguments.data());
  } catch (const CLI::ParseError& error) {
    // CLI11's own codes start at 100; help and version are no errors.
    const int code = command_line.app().exit(error, out, err);
    return code == 0 ? ExitCode::passed : ExitCode::bad_input;
  }
  const Terminal terminal{out, err, command_line.color(), command_line.is_quiet()};
  return command_line.chosen()(terminal);
}

}  // namespace loadgate::cli
