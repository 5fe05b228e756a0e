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

TEST(WithoutSecrets, ASecretOfStarsIsNoTrap) {
  plan::Plan plan;
  plan.secrets = {"*"};
  EXPECT_EQ(without_secrets("a*b", plan), "a***b");
}

}  // namespace
}  // namespace loadgate::session
