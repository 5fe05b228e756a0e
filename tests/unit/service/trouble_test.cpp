#include "service/trouble.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace loadgate::service {
namespace {

using testing::ElementsAre;

TEST(Trouble, SaysWhyInTheFirstSentenceAndAllInTheSecond) {
  const Trouble trouble{"the service ended", {"Traceback:", "OSError: in use"}, "out/service.log"};
  EXPECT_THAT(trouble.reasons(),
              ElementsAre("the service ended: OSError: in use",
                          "the last lines in out/service.log: Traceback: ⏎ OSError: in use"));
}

TEST(Trouble, SaysASingleLineOnce) {
  EXPECT_THAT((Trouble{"the service ended", {"in use"}, "log"}.reasons()),
              ElementsAre("the service ended: in use"));
}

TEST(Trouble, SaysThatNothingWasPrinted) {
  EXPECT_THAT((Trouble{"the service ended", {}, "log"}.reasons()),
              ElementsAre("the service ended, and printed nothing"));
}

TEST(Trouble, WithoutALogIsItsSentence) {
  EXPECT_THAT((Trouble{"it cannot run", {}, {}}.reasons()), ElementsAre("it cannot run"));
}

}  // namespace
}  // namespace loadgate::service
