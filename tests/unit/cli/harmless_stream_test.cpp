#include "cli/harmless_stream.h"

#include <gtest/gtest.h>

#include <sstream>
#include <string>

namespace loadgate::cli {
namespace {

std::string passed_on(const std::string& text) {
  std::ostringstream out;
  HarmlessStream(out) << text << std::flush;
  return out.str();
}

TEST(HarmlessStream, BreaksOrdersAndNothingElse) {
  EXPECT_EQ(passed_on("::error::forged\n"), ": :error::forged\n");
  EXPECT_EQ(passed_on("text\n \t ::stop-commands::x"), "text\n \t : :stop-commands::x");
  EXPECT_EQ(passed_on("a\r::error::b"), "a\r: :error::b");
  EXPECT_EQ(passed_on("\xc2\xa0::error::b"), "\xc2\xa0: :error::b");
  EXPECT_EQ(passed_on("a ##[error]b"), "a ## [error]b");
  EXPECT_EQ(passed_on("###[group]b"), "### [group]b");
  EXPECT_EQ(passed_on("std::string ::x\n: a\n##x\n[b]\n"), "std::string ::x\n: a\n##x\n[b]\n");
}

TEST(HarmlessStream, SeesAnOrderThatComesInPieces) {
  std::ostringstream out;
  HarmlessStream stream(out);
  for (const char* piece : {"line\n", ":", ":", "error::x\n#", "#[", "error]"}) {
    stream << piece << std::flush;
  }
  EXPECT_EQ(out.str(), "line\n: :error::x\n## [error]");
}

}  // namespace
}  // namespace loadgate::cli
