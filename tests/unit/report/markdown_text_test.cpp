#include "report/markdown_text.h"

#include <gtest/gtest.h>

#include <string>

namespace loadgate::report {
namespace {

struct Escape {
  const char* foreign;
  const char* shown;
};

TEST(MarkdownText, TakesTheMeaningFromAllThatIsMarkup) {
  const Escape cases[] = {
      {"GET /store/products/:id", "GET /store/products/:id"},
      {"a|b", "a&#124;b"},
      {"a\\|b", "a\\\\&#124;b"},
      {"`rm -rf`", "\\`rm -rf\\`"},
      {"<script>&amp;", "&lt;script&gt;&amp;amp;"},
      {"*a* _b_ ~c~", "\\*a\\* \\_b\\_ \\~c\\~"},
      {"[x](y) ![z](y)", "\\[x\\](y) !\\[z\\](y)"},
      {"ask @octocat", "ask <span>@</span>octocat"},
      {"$x$ ${{ secrets.A }}", "<span>$</span>x<span>$</span> <span>$</span>{{ secrets.A }}"},
      {"http://evil.example www.evil.example", "http&#58;//evil.example www&#46;evil.example"},
  };
  for (const Escape& one : cases) EXPECT_EQ(markdown_text(one.foreign, 200), one.shown);
}

TEST(MarkdownText, StaysInItsLine) {
  EXPECT_EQ(markdown_text("a\n# b\n- c\x1b[31m", 200), "a?\\# b?- c?\\[31m");
}

TEST(MarkdownText, CutsWhatIsShownNotWhatIsEscaped) {
  EXPECT_EQ(markdown_text("||||||||", 3), "&#124;…&#124;");
}

TEST(MarkdownCode, NoLineOfTheTextEndsTheBlock) {
  EXPECT_EQ(markdown_code("a\n```\n<b>\n", "text", 200), "````text\na\n```\n<b>\n````\n");
  EXPECT_EQ(markdown_code("a", "sh", 200), "```sh\na\n```\n");
}

}  // namespace
}  // namespace loadgate::report
