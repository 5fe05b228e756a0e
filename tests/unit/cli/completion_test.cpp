// tests/cli/test_completion.py asks the shells themselves.

#include "cli/completion.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "cli/command_line.h"

namespace loadgate::cli {
namespace {

using testing::HasSubstr;

TEST(Completion, KnowsEveryCommandAndOptionInEachShell) {
  const OfferedCommand root = offered();
  for (const Shell shell : {Shell::bash, Shell::zsh, Shell::fish}) {
    const std::string script = render_completion(root, shell);
    for (const OfferedCommand* command : flattened(root)) {
      EXPECT_THAT(script, HasSubstr(command->name));
      for (const OfferedOption& option : command->options) {
        EXPECT_THAT(script, HasSubstr(option.names.back().substr(2)));
      }
    }
  }
}

TEST(Completion, QuotesForTheShell) { EXPECT_EQ(quoted("it's $HOME"), "'it'\\''s $HOME'"); }

}  // namespace
}  // namespace loadgate::cli
