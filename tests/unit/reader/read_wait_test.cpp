#include "reader/read_wait.h"

#include "plans.h"

namespace loadgate::reader {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using Kind = plan::Wait::Kind;

plan::Wait wait(std::string_view text) {
  return with_scenario("{ wait: " + std::string(text) + ", tasks: [{ get: / }] }")
      .scenarios[0]
      .wait;
}

TEST(Waits, AreFixedUniformExponentialOrPaced) {
  EXPECT_EQ(wait("2s"), (plan::Wait{seconds(2), seconds(2), Kind::uniform}));
  EXPECT_EQ(wait("1s..5s"), (plan::Wait{seconds(1), seconds(5), Kind::uniform}));
  EXPECT_EQ(wait("'500ms .. 1m30s'"), (plan::Wait{milliseconds(500), seconds(90), Kind::uniform}));
  EXPECT_EQ(wait("exponential 2s"), (plan::Wait{seconds(2), seconds(2), Kind::exponential}));
  EXPECT_EQ(wait("pacing 1m"), (plan::Wait{seconds(60), seconds(60), Kind::pacing}));
  EXPECT_TRUE(wait("0s").is_none());
}

}  // namespace
}  // namespace loadgate::reader
