#include "cli/command_groups.h"

#include <CLI/CLI.hpp>

#include "cli/offered_command.h"
#include "cli/options.h"

namespace loadgate::cli {
namespace {

constexpr const char* kDemoFooter = R"(Examples:
  loadgate demo
  loadgate demo --out /tmp/loadgate-demo)";

constexpr const char* kTargetFooter = R"(Examples:
  loadgate target --port 8080
  loadgate target --port 8080 --slower 20% --errors 2%
  loadgate target --port 8080 --delayed 1% --delay 200ms)";

struct DemoFlags {
  std::filesystem::path out = "loadgate-demo";
  std::optional<std::uint64_t> seed;
};

void offer_the_demo(const Offer& offer) {
  offer_command(
      offer, "demo", "Everything on a built-in service, in a minute", DemoFlags{},
      [](CLI::App& command, DemoFlags& flags) {
        command.add_option("--out", flags.out, "The folder it leaves")
            ->type_name("DIR")
            ->capture_default_str();
        command.add_option("--seed", flags.seed, "Repeats a demo's random choices")->type_name("N");
        command.footer(kDemoFooter);
      },
      [](const DemoFlags& flags, const Terminal& terminal) {
        return play_demo(flags.out, flags.seed, terminal);
      });
}

void add_fault(CLI::App& command, TargetFlags& flags, const std::string& name,
               const std::string& example, const std::string& description) {
  command
      .add_option_function<std::string>(
          "--" + name,
          [&flags, name](const std::string& value) { flags.faults.emplace_back(name, value); },
          description)
      ->type_name(example);
}

void offer_target(const Offer& offer) {
  offer_command(
      offer, "target", "The built-in service alone, until Ctrl-C", TargetFlags{},
      [](CLI::App& command, TargetFlags& flags) {
        command.add_option("--port", flags.port, "0: a free one")
            ->type_name("N")
            ->capture_default_str();
        add_fault(command, flags, "slower", "20%", "All answers, by so much");
        add_fault(command, flags, "delayed", "1%", "So many answers come later");
        add_fault(command, flags, "delay", "200ms", "... by so much");
        add_fault(command, flags, "errors", "2%", "So many answers are status 500");
        command.footer(kTargetFooter);
      },
      serve_target);
}

}  // namespace

void offer_demo(const Offer& offer) {
  offer_the_demo(offer);
  offer_target(offer);
}

}  // namespace loadgate::cli
