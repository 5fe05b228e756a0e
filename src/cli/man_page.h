#pragma once

// loadgate(1) in the macros of man(7), written from what the command line offers. Pure.

#include <string>

#include "cli/command_tree.h"

namespace loadgate::cli {

// `date`: of this version, "2026-11-22".
std::string render_man_page(const OfferedCommand& root, const std::string& version,
                            const std::string& date);

}  // namespace loadgate::cli
