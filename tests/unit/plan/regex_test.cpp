#include "plan/regex.h"

#include <gtest/gtest.h>

namespace loadgate::plan {
namespace {

std::string found(std::string_view pattern, std::string_view text) {
  const auto part = Regex::compile(pattern)->find(text);
  return part ? "\"" + std::string(*part) + "\"" : "nothing";
}

TEST(Regex, FindsItsFirstGroupOfTheFirstMatch) {
  EXPECT_EQ(found(R"(id=(\d+))", "a id=42 id=43"), "\"42\"");
  EXPECT_EQ(found(R"((\w+)=(\d+))", "a id=42"), "\"id\"");
  EXPECT_EQ(found(R"((?:a|id)=(\d+))", "id=42"), "\"42\"");
}

TEST(Regex, WithoutAGroupFindsTheWholeMatch) {
  EXPECT_EQ(found(R"(\d+)", "a id=42"), "\"42\"");
  EXPECT_EQ(found(R"(id=(?:\d+))", "a id=42"), "\"id=42\"");
}

TEST(Regex, FindsNothingWhereNothingMatches) {
  EXPECT_EQ(found(R"(id=(\d+))", "a id=x"), "nothing");
  EXPECT_EQ(found(R"(id=(\d+))", ""), "nothing");
}

TEST(Regex, TellsAnEmptyGroupFromOneThatTookNoPart) {
  EXPECT_EQ(found("id=(x*)", "id=42"), "\"\"");
  EXPECT_EQ(found("(a)|b", "b"), "nothing");
  EXPECT_TRUE(Regex::compile("(a)|b")->matches("b"));
}

TEST(Regex, MatchesAnywhereInTheText) {
  EXPECT_TRUE(Regex::compile("wor.d")->matches("hello world"));
  EXPECT_TRUE(Regex::compile("^hello")->matches("hello world"));
  EXPECT_FALSE(Regex::compile("^world")->matches("hello world"));
  EXPECT_FALSE(Regex::compile("a.b")->matches("a\nb"));
  EXPECT_TRUE(Regex::compile("(?s)a.b")->matches("a\nb"));
  EXPECT_TRUE(Regex::compile("b")->matches(std::string_view("a\0b", 3)));
  EXPECT_TRUE(Regex::compile("b")->matches("\xFF\xFE b"));
}

struct Wrong {
  std::string_view pattern;
  std::string_view error;
  std::string_view underlined;
};

const Wrong kWrong[] = {
    {"a (b", "missing ): a (b", "a (b"},
    {"a) b", "unexpected ): a) b", "a) b"},
    {"a [b", "missing ]: [b", "[b"},
    {R"(a \y b)", R"(invalid escape sequence: \y)", R"(\y)"},
    {"a**", "bad repetition operator: **", "**"},
    {"*a", "no argument for repetition operator: *", "*"},
    {"(?=a)", "invalid perl operator: (?=", "(?="},
    {"a{2000}", "invalid repetition size: {2000}", "{2000}"},
    {"[b-a]", "invalid character class range: b-a", "b-a"},
};

TEST(Regex, SaysWhatIsWrongAndWhere) {
  for (const Wrong& wrong : kWrong) {
    const auto made = Regex::compile(wrong.pattern);
    ASSERT_FALSE(made.has_value()) << wrong.pattern;
    EXPECT_EQ(made.error().text, wrong.error);
    EXPECT_EQ(wrong.pattern.substr(made.error().offset, made.error().length), wrong.underlined);
  }
}

}  // namespace
}  // namespace loadgate::plan
