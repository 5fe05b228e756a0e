#pragma once

// A program of ours beside us, in a process group of its own, that never outlives us:
// stopped by the destructor, and by the kernel where we die without one. Main thread.

#include <sys/types.h>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/result.h"

namespace loadgate::process {

class Child {
 public:
  // `program` is a path, without a shell. The child's standard output is ours to read
  // with read_line(); its standard error is ours.
  static Result<Child> spawn(const std::string& program, const std::vector<std::string>& arguments);

  Child(Child&& other) noexcept;
  Child& operator=(Child&& other) noexcept;
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;
  ~Child();  // stop(kDefaultPatience)

  // The next line the child prints, without its newline; an error when it ended or
  // `patience` passed first.
  Result<std::string> read_line(Nanoseconds patience);

  // SIGTERM to the group, SIGKILL after `patience`, reaped in the end.
  void stop(Nanoseconds patience);

  pid_t pid() const { return pid_; }

  static constexpr Nanoseconds kDefaultPatience = std::chrono::seconds(2);

 private:
  Child(pid_t pid, int output) : pid_(pid), output_(output) {}
  pid_t pid_ = -1;
  int output_ = -1;
  std::string buffer_;
};

// This program's own file, to run it again.
std::string own_program();

}  // namespace loadgate::process
