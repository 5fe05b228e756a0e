#include "cli/live_option.h"

#include <gtest/gtest.h>

namespace loadgate::cli {
namespace {

using Words = std::vector<std::string>;

TEST(LiveOption, TakesTheUsualAddressWhereNoneFollows) {
  EXPECT_EQ(with_live_address({"run", "--live", "plan.yaml"}),
            (Words{"run", "--live=127.0.0.1:8089", "plan.yaml"}));
  EXPECT_EQ(with_live_address({"run", "plan.yaml", "--live"}),
            (Words{"run", "plan.yaml", "--live=127.0.0.1:8089"}));
  EXPECT_EQ(with_live_address({"run", "--live", "--quiet", "plan.yaml"}),
            (Words{"run", "--live=127.0.0.1:8089", "--quiet", "plan.yaml"}));
}

TEST(LiveOption, TakesTheAddressThatFollows) {
  EXPECT_EQ(with_live_address({"run", "--live", ":9000", "plan.yaml"}),
            (Words{"run", "--live=:9000", "plan.yaml"}));
  EXPECT_EQ(with_live_address({"run", "plan.yaml", "--live", "0.0.0.0"}),
            (Words{"run", "plan.yaml", "--live=0.0.0.0"}));
}

TEST(LiveOption, LeavesAllOtherWordsAlone) {
  const Words words = {"run", "plan.yaml", "--live=:1", "--liver", "--var", "a=--live"};
  EXPECT_EQ(with_live_address(words), words);
  EXPECT_EQ(with_live_address({}), Words{});
}

}  // namespace
}  // namespace loadgate::cli
