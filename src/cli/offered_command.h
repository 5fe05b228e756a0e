#pragma once

// One command on offer. Main thread.

#include <CLI/CLI.hpp>
#include <memory>
#include <string>
#include <utility>

#include "cli/command_groups.h"

namespace loadgate::cli {

// Adds the command `name` to `parent`. `add_options` binds options to the flags, which live
// as long as the command; `act` is what the command does with them.
template <class Flags, class AddOptions, class Act>
void offer_command(const Offer& offer, const std::string& name, const std::string& description,
                   Flags initial, AddOptions add_options, Act act) {
  const auto flags = std::make_shared<Flags>(std::move(initial));
  CLI::App* command = offer.app.add_subcommand(name, description);
  add_options(*command, *flags);
  command->callback([flags, act, &chosen = offer.chosen] {
    chosen = [flags, act](const Terminal& terminal) { return act(*flags, terminal); };
  });
}

}  // namespace loadgate::cli
