#include "cli/exit_code.h"

#include <gtest/gtest.h>

namespace loadgate::cli {
namespace {

TEST(ExitCode, IsThePublicNumberOfEachConclusion) {
  using gate::Conclusion;
  const auto code = [](Conclusion conclusion) {
    return static_cast<int>(exit_code_of(conclusion, Strictness::lenient));
  };
  EXPECT_EQ(code(Conclusion::passed), 0);
  EXPECT_EQ(code(Conclusion::regression), 1);
  EXPECT_EQ(code(Conclusion::threshold_missed), 2);
  EXPECT_EQ(code(Conclusion::invalid), 3);
  EXPECT_EQ(code(Conclusion::inconclusive), 0);
  EXPECT_EQ(code(Conclusion::interrupted), 130);
}

TEST(ExitCode, SaysInconclusiveOnlyWhenAskedToBeStrict) {
  EXPECT_EQ(exit_code_of(gate::Conclusion::inconclusive, Strictness::strict),
            ExitCode::inconclusive);
  EXPECT_EQ(exit_code_of(gate::Conclusion::passed, Strictness::strict), ExitCode::passed);
}

}  // namespace
}  // namespace loadgate::cli
