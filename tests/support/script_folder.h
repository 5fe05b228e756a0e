#pragma once

// A folder of one test for what its shell scripts write, and processes to wait for.

#include <gtest/gtest.h>
#include <poll.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>
#include <cerrno>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include "base/units.h"

namespace loadgate::support {

class ScriptFolder {
 public:
  ScriptFolder() {
    std::string name = (std::filesystem::temp_directory_path() / "loadgate-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr) std::abort();
    path_ = name;
  }
  ~ScriptFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  ScriptFolder(const ScriptFolder&) = delete;
  ScriptFolder& operator=(const ScriptFolder&) = delete;

  const std::filesystem::path& path() const { return path_; }

  // A pipe with a name: reading waits until a script has written.
  std::string make_pipe(const std::string& name) const {
    const std::string pipe = path_ / name;
    EXPECT_EQ(::mkfifo(pipe.c_str(), 0600), 0);
    return pipe;
  }

  std::string content(const std::string& name) const {
    std::ifstream file(path_ / name);
    return {std::istreambuf_iterator<char>(file), {}};
  }

  pid_t number_from(const std::string& name) const {
    std::string line;
    std::ifstream file(path_ / name);
    std::getline(file, line);
    return static_cast<pid_t>(parse_number(line).value_or(-1));
  }

 private:
  std::filesystem::path path_;
};

// Waits for the end of a process that is not our child.
inline void expect_end(pid_t pid) {
  ASSERT_GT(pid, 0);
  const int handle = static_cast<int>(::syscall(SYS_pidfd_open, pid, 0));
  if (handle < 0) {
    EXPECT_EQ(errno, ESRCH);
    return;
  }
  pollfd ended{handle, POLLIN, 0};
  EXPECT_EQ(::poll(&ended, 1, 20'000), 1) << "process " << pid << " was left behind";
  ::close(handle);
}

}  // namespace loadgate::support
