#pragma once

// `--live [ADDRESS]`: an option that may go without its value. Main thread.

#include <optional>
#include <string>
#include <vector>

#include "server/endpoint.h"

namespace CLI {
class App;
}

namespace loadgate::cli {

void add_live(CLI::App& command, std::optional<server::Endpoint>& live);

// The words of a command line with the address joined to its option, "--live=127.0.0.1:8089":
// where the word behind it is no address the usual one, so that in "run --live plan.yaml"
// the plan stays the plan.
std::vector<std::string> with_live_address(std::vector<std::string> words);

}  // namespace loadgate::cli
