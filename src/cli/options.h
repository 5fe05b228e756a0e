#pragma once

// Options that several commands have. Values are read into what is handed in, which must
// outlive the parsing. Main thread.

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

#include "cli/commands.h"
#include "reader/reader.h"

namespace CLI {
class App;
}

namespace loadgate::cli {

// What help calls the options that are added from here on.
void begin_group(CLI::App& command, const std::string& title);

void add_plan(CLI::App& command, std::string& plan);
void add_variables(CLI::App& command, reader::Overrides& overrides);
void add_profile(CLI::App& command, reader::Overrides& overrides);
void add_target_and_variables(CLI::App& command, reader::Overrides& overrides);
// Target and variables among them.
void add_overrides(CLI::App& command, reader::Overrides& overrides);
void add_workers(CLI::App& command, std::optional<unsigned>& workers);
void add_rate(CLI::App& command, std::optional<double>& rate);
void add_seed(CLI::App& command, std::optional<std::uint64_t>& seed);
// Plan, overrides and seed among them.
void add_load_flags(CLI::App& command, LoadFlags& flags);
void add_baseline(CLI::App& command, std::filesystem::path& baseline);
void add_out(CLI::App& command, std::filesystem::path& out);
void add_junit_family(CLI::App& command, report::JunitFamily& family);
// The family among them.
void add_delivery(CLI::App& command, Delivery& delivery);
void add_strict(CLI::App& command, Strictness& strictness);

}  // namespace loadgate::cli
