#include "monitor/control.h"

#include <gtest/gtest.h>

#include "base/clock.h"

namespace loadgate::monitor {
namespace {

using namespace std::chrono_literals;

TEST(Control, IsMeasuredSoon) {
  const TimePoint before = SteadyClock().now();
  const metrics::Control control = measure_control();
  EXPECT_LT(SteadyClock().now() - before, 5s) << "half a second where nothing else runs";
  EXPECT_GT(control.work, 100us);
  EXPECT_LT(control.work, 1s);
  EXPECT_GT(control.round_trip, 1us);
  EXPECT_LT(control.round_trip, 200ms);
}

}  // namespace
}  // namespace loadgate::monitor
