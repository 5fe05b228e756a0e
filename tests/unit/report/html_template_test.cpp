#include "report/html_template.h"

#include <gtest/gtest.h>

namespace loadgate::report {
namespace {

TEST(FillTemplate, EscapesAndCleansEveryText) {
  const Fields fields = Fields().text("name", "<b title='x'>&\"\x1b");
  EXPECT_EQ(fill_template("{{name}}", {}, fields).text,
            "&lt;b title=&apos;x&apos;&gt;&amp;&quot;?");
}

TEST(FillTemplate, CutsNamesShorterThanBlocks) {
  const std::string text(2000, 'x');
  const Fields fields = Fields().text("name", text).block("body", text);
  EXPECT_LT(fill_template("{{name}}", {}, fields).text.size(), 700u);
  EXPECT_EQ(fill_template("{{body}}", {}, fields).text, text);
}

TEST(FillTemplate, LeavesWhatIsOursAsItIs) {
  const Fields fields = Fields().ours("script", "a < b && {{c}}\x01");
  EXPECT_EQ(fill_template("{{{script}}}", {}, fields).text, "a < b && {{c}}\x01");
}

TEST(FillTemplate, NeverReadsATextAsATemplate) {
  const Fields fields = Fields().text("name", "{{other}}{{{other}}}").text("other", "secret");
  EXPECT_EQ(fill_template("{{name}}", {}, fields).text, "{{other}}{{{other}}}");
}

TEST(FillTemplate, WritesDownKeysThatAreMissing) {
  EXPECT_EQ(fill_template("{{a}}{{#b}}x{{/b}}{{^c}}y{{/c}}{{>d}}{{a}}", {}, Fields()).missing,
            (std::vector<std::string>{"a", "b", "c", "d"}));
}

TEST(FillTemplate, DoesNotTakeAKeyFromThePartAround) {
  const Fields fields = Fields().text("name", "outer").list("rows", {Fields()});
  const FilledTemplate filled = fill_template("{{#rows}}[{{name}}]{{/rows}}", {}, fields);
  EXPECT_EQ(filled.text, "[]");
  EXPECT_EQ(filled.missing, std::vector<std::string>{"name"});
}

TEST(FillTemplate, SeesThePartThroughAFlag) {
  const Fields fields = Fields().text("name", "x").flag("has_name", true);
  EXPECT_EQ(fill_template("{{#has_name}}{{name}}{{/has_name}}", {}, fields).text, "x");
}

TEST(FillTemplate, PutsPiecesInAsTheyAre) {
  const Fields fields = Fields().text("name", "x");
  EXPECT_EQ(fill_template("{{>piece}}", {{"piece", "<i>{{name}}</i>"}}, fields).text, "<i>x</i>");
}

}  // namespace
}  // namespace loadgate::report
