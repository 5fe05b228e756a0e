#include <gtest/gtest.h>

#include "reader/reader.h"

namespace loadgate::reader {
namespace {

Problem problem(int line, int column, int length, std::string text, std::string hint = "") {
  return {{.file = "plan.yaml", .line = line, .column = column, .length = length},
          std::move(text),
          std::move(hint)};
}

std::string shown(const Problems& problems, const std::string& text) {
  return render(problems, {{problems.front().place.file, text}});
}

TEST(Render, ShowsPlaceLineCaretAndHint) {
  EXPECT_EQ(shown({problem(2, 3, 10, "unknown key \"spwan_rate\"", "did you mean \"spawn_rate\"?")},
                  "a: 1\n  spwan_rate: 2/s\n"),
            R"(plan.yaml:2:3: unknown key "spwan_rate"
    2 |   spwan_rate: 2/s
      |   ^^^^^^^^^^ did you mean "spawn_rate"?
)");
}

TEST(Render, TheCaretStandsUnderCharactersNotBytes) {
  EXPECT_EQ(shown({problem(1, 8, 3, "wrong")}, "ä€\U0001F600\té: bad"),
            "plan.yaml:1:8: wrong\n"
            "    1 | ä€\U0001F600 é: bad\n"
            "      |        ^^^\n");
}

TEST(Render, ProblemsWithoutPlaceStandAlone) {
  EXPECT_EQ(shown({{{.file = "command line"}, "too much", "less"}}, "a: 1"),
            "command line: too much\n        less\n");
}

TEST(Render, LetsNothingMoveTheTerminal) {
  const std::string text = shown(
      {{{.file = "a\x1B[31m.yaml", .line = 1, .column = 1}, "b\x1B[0m\n", "c\r"}}, "x\x1B[2J\r\n");
  EXPECT_EQ(text, "a?[31m.yaml:1:1: b?[0m?\n    1 | x?[2J\n      | ^ c?\n");
}

TEST(Render, CutsLongLinesAroundTheCaret) {
  const std::string line = std::string(500, 'a') + "BAD" + std::string(500, 'b');
  EXPECT_EQ(shown({problem(1, 501, 3, "wrong")}, line),
            "plan.yaml:1:501: wrong\n    1 | " + std::string(40, 'a') + "BAD" +
                std::string(77, 'b') + "\n      | " + std::string(40, ' ') + "^^^\n");
  EXPECT_EQ(shown({problem(1, 1, 1000, "wrong")}, line), "plan.yaml:1:1: wrong\n    1 | " +
                                                             std::string(120, 'a') + "\n      | " +
                                                             std::string(120, '^') + "\n");
}

TEST(Render, BearsPlacesBehindTheText) {
  EXPECT_EQ(shown({problem(9, 4, 2, "wrong")}, "a"),
            "plan.yaml:9:4: wrong\n    9 |\n      |    ^^\n");
}

}  // namespace
}  // namespace loadgate::reader
