#include "report/foreign_text.h"

#include <gtest/gtest.h>

#include "base/text.h"
#include "support/sample_summary.h"

namespace loadgate::report {
namespace {

TEST(CutMiddle, LeavesAloneWhatFits) { EXPECT_EQ(cut_middle("GET /a", 6), "GET /a"); }

TEST(CutMiddle, KeepsBothEnds) {
  EXPECT_EQ(cut_middle("GET /store/products/:id", 11), "GET /…s/:id");
}

TEST(CutMiddle, CountsCharactersNotBytes) {
  EXPECT_EQ(cut_middle("äöüÄÖÜ", 6), "äöüÄÖÜ");
  EXPECT_EQ(cut_middle("äöüÄÖÜ", 5), "äö…ÖÜ");
}

TEST(CutMiddle, BearsNoRoomAtAll) {
  EXPECT_EQ(cut_middle("abc", 1), "…");
  EXPECT_EQ(cut_middle("abc", 0), "");
}

TEST(TerminalLine, IsOneLineWithoutControls) {
  EXPECT_EQ(terminal_line("a\x1b[31mb\r\nc", 80), "a?[31mb??c");
}

TEST(PageText, UnifiesLineEndsAndShowsControlsAsQuestionMarks) {
  EXPECT_EQ(page_text("a\r\nb\rc\x1b[0m\xff", 80), "a\nb?c?[0m?");
}

TEST(XmlText, RemovesWhatXmlForbids) {
  using namespace std::string_literals;
  EXPECT_EQ(xml_text("a\0b\x1b[31mc\x08\xef\xbf\xbe\xef\xbf\xbf\x7f\xc2\x9b\td\n"s, 80),
            "ab[31mc\td\n");
}

TEST(XmlText, ReplacesBrokenBytes) { EXPECT_EQ(xml_text("a\xff", 80), "a\xef\xbf\xbd"); }

TEST(XmlText, LeavesMarkupToTheWriter) { EXPECT_EQ(xml_text("<a>&]]>", 80), "<a>&]]>"); }

TEST(ForeignText, AMegabyteIsCutToItsEnds) {
  const std::string text = "begin" + std::string(1'000'000, '\xff') + "end";
  for (const std::string& shown :
       {terminal_line(text, 40), page_text(text, 40), xml_text(text, 40)}) {
    EXPECT_EQ(characters(shown), 40u);
    EXPECT_TRUE(shown.starts_with("begin"));
    EXPECT_TRUE(shown.ends_with("end"));
  }
}

TEST(ForeignText, ACutNeverLeavesHalfACharacter) {
  for (std::size_t longest = 1; longest < 12; ++longest) {
    std::string text;
    for (int i = 0; i < 1000; ++i) text += "ä€";
    const std::string shown = page_text(text, longest);
    EXPECT_EQ(shown.find('?'), std::string::npos) << shown;
    EXPECT_EQ(characters(shown), longest);
  }
}

}  // namespace
}  // namespace loadgate::report
