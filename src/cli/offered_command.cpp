#include "cli/offered_command.h"

#include <CLI/CLI.hpp>

namespace loadgate::cli {

CLI::App& add_command(const Offer& offer, const std::string& name, const std::string& description) {
  CLI::App& command = *offer.app.add_subcommand(name, description);
  command.group(offer.group);
  return command;
}

void set_action(CLI::App& command, const Offer& offer, Command action) {
  command.callback([&chosen = offer.chosen, action = std::move(action)] { chosen = action; });
}

}  // namespace loadgate::cli
