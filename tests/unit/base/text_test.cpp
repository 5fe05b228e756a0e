#include "base/text.h"

#include <gtest/gtest.h>

namespace loadgate {
namespace {

TEST(Printable, DisarmsWhatATerminalObeys) {
  EXPECT_EQ(printable("a\x1b[31mred\x07"), "a?[31mred?");
  EXPECT_EQ(printable("one\rtwo\nthree"), "one?two?three");
  EXPECT_EQ(printable("one\ntwo", Newlines::keep), "one\ntwo");
  EXPECT_EQ(printable("\xc2\x9b"
                      "31m"),
            "?31m");  // C1 control: CSI in one character.
  EXPECT_EQ(printable("abc\xe2\x80\xae"
                      "cba"),
            "abc?cba");  // Right-to-left override.
  EXPECT_EQ(printable(std::string_view("\0x", 2)), "?x");
}

TEST(Printable, LeavesHonestTextAlone) {
  EXPECT_EQ(printable("Grüße, 世界 🙂"), "Grüße, 世界 🙂");
}

TEST(ValidUtf8, ReplacesEachBrokenByte) {
  EXPECT_EQ(valid_utf8("a\xff"
                       "b"),
            "a\xef\xbf\xbd"
            "b");
  EXPECT_EQ(valid_utf8("\xc0\xaf"), "\xef\xbf\xbd\xef\xbf\xbd");  // Overlong.
  EXPECT_EQ(valid_utf8("\xed\xa0\x80").size(), 9U);               // A surrogate.
  EXPECT_EQ(valid_utf8("\xe2\x82"), "\xef\xbf\xbd\xef\xbf\xbd");  // Cut short.
  EXPECT_EQ(valid_utf8("€"), "€");
}

TEST(Truncated, NeverCutsACharacter) {
  EXPECT_EQ(truncated("aé", 2), "a");
  EXPECT_EQ(truncated("aé", 3), "aé");
  EXPECT_EQ(truncated("é", 0), "");
}

TEST(Closest, FindsWhatWasMeant) {
  const std::vector<std::string> keys{"spawn_rate", "stages", "users"};
  EXPECT_EQ(closest("spwan_rate", keys), "spawn_rate");
  EXPECT_EQ(closest("user", keys), "users");
  EXPECT_EQ(closest("frobnicate", keys), std::nullopt);
  EXPECT_EQ(closest("x", {}), std::nullopt);
}

TEST(Characters, CountsCodePoints) { EXPECT_EQ(characters("Grüße"), 5U); }

TEST(Split, KeepsEmptyParts) {
  EXPECT_EQ(split("a,,b", ','), (std::vector<std::string_view>{"a", "", "b"}));
  EXPECT_EQ(split("", ','), (std::vector<std::string_view>{""}));
}

TEST(Trimmed, TakesBlanksOffBothEnds) {
  EXPECT_EQ(trimmed(" \t a b\r\n"), "a b");
  EXPECT_EQ(trimmed("  "), "");
}

TEST(Counted, SaysOneOrMany) {
  EXPECT_EQ(counted(0, "request"), "0 requests");
  EXPECT_EQ(counted(1, "request"), "1 request");
  EXPECT_EQ(counted(2, "request"), "2 requests");
}

TEST(FileName, CannotLeaveItsFolder) {
  EXPECT_EQ(file_name("../../etc/passwd"), "-.-..-etc-passwd");
  EXPECT_EQ(file_name(".hidden"), "-hidden");
  EXPECT_EQ(file_name("Store front"), "Store-front");
  EXPECT_EQ(file_name(""), "unnamed");
}

}  // namespace
}  // namespace loadgate
