#pragma once

// What --help shows of one command: at most a screen of 80 columns. Pure.

#include <string>

#include "cli/command_tree.h"

namespace loadgate::cli {

std::string render_help(const OfferedCommand& command);

}  // namespace loadgate::cli
