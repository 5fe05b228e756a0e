#include "cli/man_page.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/text.h"
#include "cli/command_line.h"
#include "cli/completion.h"

namespace loadgate::cli {
namespace {

using testing::HasSubstr;

std::string page() { return render_man_page(offered(), "1.2.3", "2026-11-22"); }

TEST(ManPage, BeginsWithNameDateAndVersion) {
  EXPECT_THAT(page(), HasSubstr(R"(.TH LOADGATE 1 "2026-11-22" "loadgate 1.2.3" "User Commands")"));
  EXPECT_THAT(page(), HasSubstr(".SH NAME\nloadgate \\- a performance gate for pull requests\n"));
}

TEST(ManPage, TellsOfEveryCommandAndExitCode) {
  const std::string text = page();
  const OfferedCommand root = offered();
  for (const OfferedCommand* command : flattened(root)) {
    if (!command->commands.empty()) continue;
    EXPECT_THAT(text, HasSubstr(".SS " + command->path));
  }
  for (const char* code : {"0", "1", "2", "3", "4", "64", "70", "130"}) {
    EXPECT_THAT(text, HasSubstr(std::string("\n.B ") + code + "\n"));
  }
}

TEST(ManPage, WritesDashesAsTheyAreTyped) {
  EXPECT_THAT(page(), HasSubstr("\\fB\\-\\-base\\-ref\\fR \\fIREF\\fR\n"));
}

TEST(ManPage, HasNoEmptyLineAndNoLineThatOnlyLooksLikeARequest) {
  const std::string text = page();
  EXPECT_EQ(text.find("\n\n"), std::string::npos);
  for (const std::string_view line : split(text, '\n')) {
    if (!line.starts_with('.')) continue;
    const std::string_view request = line.substr(0, line.find(' '));
    EXPECT_THAT((std::vector<std::string>{".\\\"", ".TH", ".SH", ".SS", ".TP", ".PP", ".EX", ".EE",
                                          ".B", ".I", ".BR", ".IR"}),
                testing::Contains(std::string(request)));
  }
}

}  // namespace
}  // namespace loadgate::cli
