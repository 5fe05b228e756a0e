#include "report/text_table.h"

#include <gtest/gtest.h>

#include "base/text.h"

namespace loadgate::report {
namespace {

TextTable sample() {
  TextTable table({{"request", Align::left}, {"p50", Align::right}, {"rating", Align::left}}, 0);
  table.add({{"GET /store/products/:id"}, {"8.10"}, {"optimal", Tone::good}});
  table.add({{"GET /ä"}, {"1,240"}, {"slow", Tone::bad}});
  return table;
}

TEST(TextTable, AlignsByCharacters) {
  EXPECT_EQ(sample().render(80, false),
            "  request                    p50  rating\n"
            "  GET /store/products/:id   8.10  optimal\n"
            "  GET /ä                   1,240  slow\n");
}

TEST(TextTable, CutsTheFlexibleColumnInTheMiddle) {
  EXPECT_EQ(sample().render(32, false),
            "  request            p50 rating\n"
            "  GET /sto…cts/:id  8.10 optimal\n"
            "  GET /ä           1,240 slow\n");
}

TEST(TextTable, LeavesOutSpareColumnsBeforeItCuts) {
  TextTable table({{"request", Align::left},
                   {"mean", Align::right, Need::spare},
                   {"p50", Align::right},
                   {"received", Align::right, Need::spare}},
                  0);
  table.add({{"GET /store/products/"}, {"9.10"}, {"8.10"}, {"1.0 MB"}});
  EXPECT_EQ(table.render(44, false),
            "  request               mean   p50  received\n"
            "  GET /store/products/  9.10  8.10    1.0 MB\n");
  EXPECT_EQ(table.render(43, false),
            "  request               mean   p50\n"
            "  GET /store/products/  9.10  8.10\n");
  EXPECT_EQ(table.render(33, false),
            "  request                p50\n"
            "  GET /store/products/  8.10\n");
  EXPECT_EQ(table.render(20, false),
            "  request        p50\n"
            "  GET /s…ducts/ 8.10\n");
}

TEST(TextTable, PaintsCellsWithoutMovingThem) {
  const std::string text = sample().render(80, true);
  EXPECT_NE(text.find("8.10  \x1b[32moptimal\x1b[0m\n"), std::string::npos);
  EXPECT_NE(text.find("1,240  \x1b[31mslow\x1b[0m\n"), std::string::npos);
}

TEST(TextTable, PutsNotesUnderTheirRows) {
  TextTable table({{"", Align::left}, {"", Align::left}}, 1);
  table.add({{"?"}, {"p95"}}, "too noisy");
  EXPECT_EQ(table.render(80, false), "  ?  p95\n     too noisy\n");
}

TEST(TextTable, NoLineIsWiderThanTheTerminal) {
  TextTable table = sample();
  table.add({{std::string(500, 'x')}, {"1"}, {""}}, std::string(500, 'y') + " z");
  const std::string text = table.render(40, false);
  for (const std::string_view line : split(text, '\n')) EXPECT_LE(characters(line), 40u) << line;
}

TEST(Wrapped, BreaksAtBlanksAndIndentsEachLine) {
  EXPECT_EQ(wrapped("one two three four five", 2, 16), "  one two three\n  four five\n");
}

TEST(Wrapped, CutsAWordThatFitsNoLine) {
  EXPECT_EQ(wrapped("a bbbbbbbbbbbbbbbbbbbbbbbbb c", 0, 12), "a\nbbbbbb…bbbbb\nc\n");
}

}  // namespace
}  // namespace loadgate::report
