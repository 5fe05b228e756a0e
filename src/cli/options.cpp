#include "cli/options.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <map>
#include <string>
#include <vector>

#include "base/units.h"
#include "plan/stage.h"

namespace loadgate::cli {
namespace {

// A value of ours read from a word; the complaint names what is expected.
template <class T, class Parse>
void add_unit_option(CLI::App& command, const std::string& name, std::optional<T>& target,
                     Parse parse, const std::string& example, const std::string& description) {
  command
      .add_option_function<std::string>(
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

std::optional<double> parse_positive_rate(std::string_view word) {
  const std::optional<double> rate = parse_rate(word);
  return rate && *rate > 0 && *rate <= plan::kHighestRate ? rate : std::nullopt;
}

}  // namespace

void begin_group(CLI::App& command, const std::string& title) {
  command.option_defaults()->group(title);
}

void add_plan(CLI::App& command, std::string& plan) {
  command.add_option("PLAN", plan, "The test plan")->required();
}

void add_variables(CLI::App& command, reader::Overrides& overrides) {
  command
      .add_option_function<std::vector<std::string>>(
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
          "A variable of the plan; as often as needed")
      ->type_name("NAME=VALUE")
      ->allow_extra_args(false);
}

void add_target_and_variables(CLI::App& command, reader::Overrides& overrides) {
  command.add_option("--host", overrides.host, "The target, instead of the plan's")
      ->type_name("URL");
  add_variables(command, overrides);
}

void add_profile(CLI::App& command, reader::Overrides& overrides) {
  command.add_option("--profile", overrides.profile, "One of the plan's profiles")
      ->type_name("NAME");
}

void add_overrides(CLI::App& command, reader::Overrides& overrides) {
  command.add_option("--users", overrides.users, "Users at the peak; replaces the plan's stages")
      ->type_name("N");
  add_unit_option(command, "--spawn-rate", overrides.spawn_rate, parse_rate, "5/s",
                  "Users started a second");
  add_unit_option(command, "--run-time", overrides.run_time, parse_duration, "5m",
                  "Length of the whole run");
  add_profile(command, overrides);
  add_target_and_variables(command, overrides);
}

void add_workers(CLI::App& command, std::optional<unsigned>& workers) {
  command.add_option("--workers", workers, "Threads that send; else half the cores")
      ->check(CLI::Range(1, 256))
      ->type_name("N");
}

void add_rate(CLI::App& command, std::optional<double>& rate) {
  add_unit_option(command, "--rate", rate, parse_positive_rate, "120/s",
                  "Iterations a second on each side; else by a trial");
}

void add_seed(CLI::App& command, std::optional<std::uint64_t>& seed) {
  command.add_option("--seed", seed, "Repeats a run's random choices")
      ->check(CLI::Range(std::uint64_t{0}, std::uint64_t{1} << 53U))
      ->type_name("N");
}

void add_load_flags(CLI::App& command, LoadFlags& flags) {
  add_plan(command, flags.plan);
  begin_group(command, "Load");
  add_overrides(command, flags.overrides);
  add_seed(command, flags.seed);
  add_workers(command, flags.workers);
  command
      .add_option("--window-budget", flags.window_budget,
                  "Time windows kept; longer runs merge them")
      ->check(CLI::Range(2, 100'000))
      ->type_name("N")
      ->capture_default_str();
}

void add_baseline(CLI::App& command, std::filesystem::path& baseline) {
  command.add_option("--baseline", baseline, "The folder of stored runs")
      ->type_name("DIR")
      ->capture_default_str();
}

void add_out(CLI::App& command, std::filesystem::path& out) {
  command.add_option("--out", out, "The folder of the reports")
      ->type_name("DIR")
      ->capture_default_str();
}

void add_junit_family(CLI::App& command, report::JunitFamily& family) {
  const std::map<std::string, report::JunitFamily> families = {
      {"common", report::JunitFamily::common}, {"xunit2", report::JunitFamily::xunit2}};
  command.add_option("--junit-family", family, "Of junit.xml; xunit2: strict, for Jenkins")
      ->transform(CLI::CheckedTransformer(families))
      ->type_name("common|xunit2")
      ->default_str("common");
}

void add_delivery(CLI::App& command, Delivery& delivery) {
  const std::map<std::string, OutputFormat> formats = {{"text", OutputFormat::text},
                                                       {"json", OutputFormat::json}};
  command.add_option("--format", delivery.format, "What standard output says of the verdict")
      ->transform(CLI::CheckedTransformer(formats))
      ->type_name("text|json")
      ->default_str("text");
  add_junit_family(command, delivery.junit_family);
}

void add_strict(CLI::App& command, Strictness& strictness) {
  command.add_flag_callback(
      "--strict", [&strictness] { strictness = Strictness::strict; },
      "Exit with 4 where the gate is undecided");
}

}  // namespace loadgate::cli
