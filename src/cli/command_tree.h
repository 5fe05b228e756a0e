#pragma once

// All that the command line offers, as values: what help, completions and the man page are
// written from, so that none of them can say anything else than the parser does. Main
// thread.

#include <cstdint>
#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace loadgate::cli {

// What may stand behind an option, or in the place of an argument. It follows from the word
// that help shows for it: "PLAN", "RESULT", "FILE", "DIR", "REF", "one|two".
enum class Takes : std::uint8_t { nothing, word, choice, plan, result, file, folder, commit };

struct OfferedOption {
  std::vector<std::string> names;  // "-q", "--quiet"; of an argument its own: "PLAN".
  std::string value;               // "FILE"; empty for flags.
  std::string description;
  std::string group;
  std::string standard;  // The value it has without being given; empty: none.
  Takes takes = Takes::nothing;
  std::vector<std::string> choices;
  bool is_required = false;
  bool repeats = false;
};

struct OfferedCommand {
  std::string name;  // "record"
  std::string path;  // "loadgate baseline record"
  std::string group;
  std::string description;
  std::string footer;  // Examples and remarks, lines as they stand.
  std::vector<OfferedOption> arguments, options;
  std::vector<OfferedCommand> commands;
};

// Of `app` and all below it.
OfferedCommand read_tree(const CLI::App& app);

// "--var NAME=VALUE", "-q, --quiet", "PLAN".
std::string shown_names(const OfferedOption& option);

}  // namespace loadgate::cli
