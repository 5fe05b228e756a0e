#include "session/secrets.h"

#include <gtest/gtest.h>

namespace loadgate::session {
namespace {

TEST(WithoutSecrets, EachOfThemIsMaskedWhereverItStands) {
  plan::Plan plan;
  plan.secrets = {"hunter2", "t0ken"};
  EXPECT_EQ(without_secrets("hunter2 t0ken, ahunter2hunter2b", plan), "*** ***, a******b");
  EXPECT_EQ(without_secrets("nothing here", plan), "nothing here");
}

TEST(WithoutSecrets, OneThatIsPartOfAnotherLeavesNoRest) {
  plan::Plan plan;
  plan.secrets = {"hunter2", "hunter2def"};
  EXPECT_EQ(without_secrets("hunter2def hunter2", plan), "*** ***");
}

TEST(WithoutSecrets, ASecretIsMaskedAsUrlsHoldIt) {
  plan::Plan plan;
  plan.secrets = {"a b&c"};
  EXPECT_EQ(without_secrets("http://x/?key=a%20b%26c", plan), "http://x/?key=***");
}

TEST(WithoutSecrets, ASecretOfStarsIsNoTrap) {
  plan::Plan plan;
  plan.secrets = {"*"};
  EXPECT_EQ(without_secrets("a*b", plan), "a***b");
}

}  // namespace
}  // namespace loadgate::session
