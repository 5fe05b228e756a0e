#include "monitor/process_stat.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include "base/machine_time.h"

namespace loadgate::monitor {
namespace {

constexpr std::string_view kServer =
    "4321 (my (odd) app) S 1234 4321 4321 0 -1 4194560 2381 10 0 0 15 3 250 40 20 0 5 0 "
    "812345 231575552 3000 18446744073709551615 1 1 0 0 0 0 0 16781312 134235650 0 0 0 17 1 0 0 0 "
    "0 0 0 0 0 0 0 0 0 0\n";

TEST(ProcessStat, IsReadAroundANameOfAnyKind) {
  const auto stat = parse_process_stat(kServer);
  ASSERT_TRUE(stat);
  EXPECT_EQ(stat->id, (ProcessId{4321, 812345}));
  EXPECT_EQ(stat->name, "my (odd) app");
  EXPECT_FALSE(stat->is_zombie);
  EXPECT_EQ(stat->parent, 1234);
  EXPECT_EQ(stat->reaped, from_ticks(290));
  EXPECT_EQ(stat->memory, 3000ULL * static_cast<unsigned long>(::sysconf(_SC_PAGESIZE)));
}

TEST(ProcessStat, KnowsWhoOnlyWaitsToBeReaped) {
  std::string text(kServer);
  text.replace(text.find(") S") + 2, 1, "Z");
  EXPECT_TRUE(parse_process_stat(text)->is_zombie);
}

TEST(ProcessStat, IsUnknownWhereTheTextIsAnother) {
  for (const char* text :
       {"", "1", "1 (", "1 (init", "1 (init) ", ") 1 (", "1 (init) S 0 1 1",
        "1 (init) S 0 1 1 0 -1 4194560 2381 10 0 0 15 3 250 40 20 0 5 0 81 23 "}) {
    EXPECT_FALSE(parse_process_stat(text)) << text;
  }
}

}  // namespace
}  // namespace loadgate::monitor
