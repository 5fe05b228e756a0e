#include "cli/help.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <sstream>

#include "base/text.h"
#include "cli/command_line.h"
#include "cli/completion.h"
#include "unit/cli/examples.h"

namespace loadgate::cli {
namespace {

using testing::HasSubstr;

TEST(Help, OfEachCommandFitsAScreen) {
  const OfferedCommand root = offered();
  for (const OfferedCommand* command : flattened(root)) {
    const std::string text = render_help(*command);
    const std::vector<std::string_view> lines = split(text, '\n');
    EXPECT_LE(lines.size(), 41u) << command->path;  // The last is empty.
    for (const std::string_view line : lines) {
      EXPECT_LE(characters(line), 80u) << command->path << ": " << line;
    }
  }
}

TEST(Help, CarriesExamplesThatTheParserUnderstands) {
  const OfferedCommand root = offered();
  for (const OfferedCommand* command : flattened(root)) {
    const auto examples = examples_of(*command);
    EXPECT_FALSE(examples.empty()) << command->path;
    for (std::vector<std::string> words : examples) {
      std::vector<char*> arguments;
      for (std::string& word : words) arguments.push_back(word.data());
      std::ostringstream err;
      EXPECT_TRUE(is_understood(arguments, err)) << command->path << ": " << err.str();
    }
  }
}

TEST(Help, ShowsExamplesOfTheCommandItIsOf) {
  const OfferedCommand root = offered();
  for (const OfferedCommand* command : flattened(root)) {
    for (const std::vector<std::string>& words : examples_of(*command)) {
      std::string line;
      for (const std::string& word : words) line += (line.empty() ? "" : " ") + word;
      EXPECT_TRUE(line.starts_with(command->path)) << line;
    }
  }
}

TEST(Help, NamesEveryCommandOptionAndArgument) {
  const OfferedCommand root = offered();
  for (const OfferedCommand* command : flattened(root)) {
    const std::string text = render_help(*command);
    for (const OfferedCommand& below : command->commands) {
      EXPECT_THAT(text, HasSubstr("\n  " + below.name + " "));
    }
    for (const OfferedOption& option : command->options) {
      if (option.names.back() == "--help") continue;
      EXPECT_THAT(text, HasSubstr(shown_names(option)));
    }
    for (const OfferedOption& argument : command->arguments) {
      EXPECT_THAT(text, HasSubstr("\n  " + shown_names(argument) + " "));
    }
  }
}

TEST(Help, SaysWhatEachExitCodeMeans) {
  const std::string text = render_help(offered());
  for (const char* code : {"0 passed", "1 regression", "2 threshold missed", "3 invalid run",
                           "64 wrong plan", "70 a bug", "130 interrupted"}) {
    EXPECT_THAT(text, HasSubstr(code));
  }
}

OfferedCommand made() {
  OfferedCommand command;
  command.name = "add";
  command.path = "tool add";
  command.description = "Add things";
  command.footer = "Example:\n  tool add a.json";
  command.arguments.push_back({.names = {"THING"},
                               .value = "TEXT",
                               .description = "What is added",
                               .group = "",
                               .standard = "",
                               .takes = Takes::word,
                               .choices = {},
                               .is_required = true,
                               .repeats = true});
  command.options.push_back({.names = {"-n", "--number"},
                             .value = "N",
                             .description = "How many of them, where there is more than one to be "
                                            "had at all",
                             .group = "Counting",
                             .standard = "5",
                             .takes = Takes::word,
                             .choices = {}});
  return command;
}

TEST(Help, WrapsLongDescriptionsBesideTheNames) {
  EXPECT_EQ(render_help(made()),
            "Add things\n"
            "Usage: tool add THING... [OPTIONS]\n"
            "\n"
            "Arguments:\n"
            "  THING           What is added\n"
            "\n"
            "Counting:\n"
            "  -n, --number N  How many of them, where there is more than one to be had at\n"
            "                  all [5]\n"
            "\n"
            "Everywhere: --quiet, --color WHEN, --help; exit codes: see `loadgate --help`.\n"
            "\n"
            "Example:\n"
            "  tool add a.json\n");
}

}  // namespace
}  // namespace loadgate::cli
