#pragma once

// A header of the plan as a line to be sent. Pure functions.

#include <string>

#include "plan/scenario.h"

namespace loadgate::load {

// Puts "Name: value" into `line`; a captured value cannot end its header and begin another.
void write_line(const plan::Header& header, const plan::Scope& scope, std::string& line);

// The same for a header without placeholders.
std::string constant_line(const plan::Header& header);

}  // namespace loadgate::load
