#pragma once

// A file system of a test's own, below which proc and sys stand, and processes as /proc
// tells them.

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <string_view>

#include "base/file.h"
#include "monitor/process_table.h"

namespace loadgate::monitor {

class FakeRoot : public testing::Test {
 protected:
  void SetUp() override {
    const testing::TestInfo& test = *testing::UnitTest::GetInstance()->current_test_info();
    root_ = std::filesystem::path(testing::TempDir()) / "loadgate_monitor" /
            test.test_suite_name() / test.name();
    std::filesystem::remove_all(root_);
    std::filesystem::create_directories(root_);
  }
  void TearDown() override { std::filesystem::remove_all(root_); }

  void put(const std::filesystem::path& file, std::string_view text) const {
    ASSERT_TRUE(write_file(root_ / file, text));
  }

  // As /proc/PID/fd/NUMBER points at it.
  void open_socket(pid_t pid, int number, unsigned inode) const {
    const std::filesystem::path folder = root_ / fmt::format("proc/{}/fd", pid);
    std::filesystem::create_directories(folder);
    std::filesystem::create_symlink(fmt::format("socket:[{}]", inode),
                                    folder / std::to_string(number));
  }

  std::filesystem::path root_;
};

inline ProcessStat process(pid_t pid, pid_t parent, std::string name = "app") {
  return {.id = {.pid = pid, .began = static_cast<std::uint64_t>(pid)},
          .name = std::move(name),
          .is_zombie = false,
          .parent = parent,
          .reaped = {},
          .memory = 0};
}

}  // namespace loadgate::monitor
