#include "service/last_lines.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/file.h"
#include "support/script_folder.h"

namespace loadgate::service {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class LastLinesTest : public testing::Test {
 protected:
  std::vector<std::string> lines_of(std::string_view text, std::uintmax_t from = 0) {
    EXPECT_TRUE(write_file(log_, text));
    return last_lines(log_, from, mask_);
  }

  support::ScriptFolder folder_;
  std::filesystem::path log_ = folder_.path() / "log";
  Mask mask_ = [](std::string text) { return text; };
};

TEST_F(LastLinesTest, AreTheLastTenThatSaySomething) {
  EXPECT_THAT(lines_of("a\n\nb\n  \nlast without newline"),
              ElementsAre("a", "b", "last without newline"));
  std::string many;
  for (int i = 1; i <= 30; ++i) many += std::to_string(i) + "\n";
  EXPECT_THAT(lines_of(many),
              ElementsAre("21", "22", "23", "24", "25", "26", "27", "28", "29", "30"));
}

TEST_F(LastLinesTest, BeginAfterWhatWasThereBefore) {
  EXPECT_THAT(lines_of("of another run\nnew\n", 15), ElementsAre("new"));
  EXPECT_THAT(lines_of("of another run\n", 15), IsEmpty());
}

TEST_F(LastLinesTest, OfAMissingOrEmptyLogAreNone) {
  EXPECT_THAT(last_lines(folder_.path() / "none", 0, mask_), IsEmpty());
  EXPECT_THAT(lines_of(""), IsEmpty());
}

TEST_F(LastLinesTest, CannotMoveTheCursorOrRunOn) {
  EXPECT_THAT(lines_of("  \x1b[31mred\r\n"), ElementsAre("?[31mred"));
  EXPECT_THAT(lines_of(std::string(500, 'x')), ElementsAre(std::string(160, 'x') + "…"));
}

TEST_F(LastLinesTest, AreFewerWhereTheyAreLong) {
  std::string text;
  for (char c = 'a'; c <= 'j'; ++c) text += std::string(150, c) + "\n";
  EXPECT_THAT(lines_of(text),
              ElementsAre(std::string(150, 'f'), std::string(150, 'g'), std::string(150, 'h'),
                          std::string(150, 'i'), std::string(150, 'j')));
}

TEST_F(LastLinesTest, HoldNoSecretAndNoHalfOfOne) {
  mask_ = [](std::string text) {
    for (std::size_t at = 0; (at = text.find("secret", at)) != std::string::npos;) {
      text.replace(at, 6, "***");
    }
    return text;
  };
  EXPECT_THAT(lines_of(std::string(157, 'x') + "secret\n"),
              ElementsAre(std::string(157, 'x') + "***"));
  // The tail that is read begins within the secret.
  const std::string rest(64 * 1024 - 4, '\n');
  EXPECT_THAT(lines_of("secret" + rest + "x"), ElementsAre("x"));
}

}  // namespace
}  // namespace loadgate::service
