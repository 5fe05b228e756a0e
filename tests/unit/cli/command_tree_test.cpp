#include "cli/command_tree.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "cli/command_line.h"
#include "cli/completion.h"

namespace loadgate::cli {
namespace {

const OfferedCommand& command_at(const OfferedCommand& root, const std::string& path) {
  const auto all = flattened(root);
  const auto found = std::find_if(all.begin(), all.end(),
                                  [&](const OfferedCommand* one) { return one->path == path; });
  EXPECT_NE(found, all.end()) << path;
  return found == all.end() ? root : **found;
}

const OfferedOption& option_of(const OfferedCommand& command, const std::string& name) {
  const auto found =
      std::find_if(command.options.begin(), command.options.end(),
                   [&](const OfferedOption& one) { return one.names.back() == name; });
  EXPECT_NE(found, command.options.end()) << name;
  return found == command.options.end() ? command.options.front() : *found;
}

TEST(CommandTree, KnowsWhatOptionsTake) {
  const OfferedCommand root = offered();
  const OfferedCommand& run = command_at(root, "loadgate run");
  EXPECT_EQ(run.arguments.at(0).takes, Takes::plan);
  EXPECT_TRUE(run.arguments.at(0).is_required);
  EXPECT_EQ(option_of(run, "--users").takes, Takes::word);
  EXPECT_EQ(option_of(run, "--workers").value, "N");  // Without what its validator says.
  EXPECT_EQ(option_of(run, "--no-baseline").takes, Takes::nothing);
  EXPECT_EQ(option_of(run, "--no-confirm").takes, Takes::nothing);
  EXPECT_EQ(option_of(run, "--suspects").takes, Takes::file);
  EXPECT_EQ(option_of(run, "--out").takes, Takes::folder);
  EXPECT_EQ(option_of(run, "--out").standard, "loadgate-results");
  EXPECT_EQ(option_of(run, "--window-budget").standard, "1200");
  EXPECT_EQ(option_of(run, "--format").standard, "text");
  EXPECT_TRUE(option_of(run, "--var").repeats);
  EXPECT_FALSE(option_of(run, "--host").repeats);
}

TEST(CommandTree, KnowsChoicesAndCommits) {
  const OfferedCommand root = offered();
  EXPECT_EQ(option_of(root, "--color").choices,
            (std::vector<std::string>{"auto", "always", "never"}));
  const OfferedCommand& duet = command_at(root, "loadgate duet");
  EXPECT_EQ(option_of(duet, "--base-ref").takes, Takes::commit);
  EXPECT_EQ(option_of(duet, "--plan-from").choices, (std::vector<std::string>{"head", "base"}));
  EXPECT_EQ(command_at(root, "loadgate completion").arguments.at(0).choices,
            (std::vector<std::string>{"bash", "zsh", "fish"}));
}

TEST(CommandTree, HoldsCommandsOfCommands) {
  const OfferedCommand root = offered();
  const OfferedCommand& add = command_at(root, "loadgate baseline add");
  EXPECT_EQ(add.arguments.at(0).takes, Takes::result);
  EXPECT_TRUE(add.arguments.at(0).repeats);
}

// What shells, roff and all terminals take as it is.
TEST(CommandTree, IsToldInPlainLetters) {
  const OfferedCommand root = offered();
  const auto is_plain = [](const std::string& text) {
    return std::all_of(text.begin(), text.end(),
                       [](char c) { return c == '\n' || (c >= ' ' && c <= '~'); });
  };
  for (const OfferedCommand* command : flattened(root)) {
    EXPECT_TRUE(is_plain(command->description + command->footer)) << command->path;
    for (const OfferedOption& option : command->options) {
      EXPECT_TRUE(is_plain(option.description)) << shown_names(option);
      EXPECT_FALSE(option.description.empty()) << shown_names(option);
      EXPECT_FALSE(option.description.ends_with('.')) << shown_names(option);
      EXPECT_NE(option.value, "TEXT") << shown_names(option);
      EXPECT_NE(option.value, "INT") << shown_names(option);
    }
  }
}

}  // namespace
}  // namespace loadgate::cli
