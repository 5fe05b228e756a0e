#pragma once

// One command on offer. Main thread.

#include <memory>
#include <string>
#include <utility>

#include "cli/command_groups.h"

namespace loadgate::cli {

CLI::App& add_command(const Offer& offer, const std::string& name, const std::string& description);
// What is chosen where the command stands on the line.
void set_action(CLI::App& command, const Offer& offer, Command action);

// Adds the command `name`. `add_options` binds options to the flags, which live as long as
// the command; `act` is what the command does with them.
template <class Flags, class AddOptions, class Act>
void offer_command(const Offer& offer, const std::string& name, const std::string& description,
                   Flags initial, AddOptions add_options, Act act) {
  const auto flags = std::make_shared<Flags>(std::move(initial));
  CLI::App& command = add_command(offer, name, description);
  add_options(command, *flags);
  set_action(command, offer,
             [flags, act](const Terminal& terminal) { return act(*flags, terminal); });
}

}  // namespace loadgate::cli
