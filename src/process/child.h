#pragma once

// A program of ours beside us, in a process group of its own, that never outlives us:
// the destructor stops it, and the kernel kills it where we die without one.
//
// Main thread only. Linux ties that death signal to the thread that spawned, not to the
// process: a child spawned by a thread that ends would be killed with the thread. It
// reaches the child alone; what the child itself has started dies only through stop().

#include <sys/types.h>
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "process/descriptor.h"
#include "process/kept.h"

namespace loadgate::process {

class Child {
 public:
  // `program` is a path or a name to find in PATH, without a shell. The child's standard
  // output is ours to read with read_line(), its standard error is ours, its input is
  // empty. An error where the program cannot be run.
  static Result<Child> spawn(const std::string& program, const std::vector<std::string>& arguments);

  Child(Child&& other) noexcept;
  Child& operator=(Child&& other) noexcept;  // Stops the child it held.
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;
  ~Child();  // stop(kDefaultPatience)

  // The next line the child prints, without its newline (at most kLongestLine bytes); an
  // error when its output ended or `patience` passed first.
  Result<std::string> read_line(Nanoseconds patience);

  // How it ended by itself, waited for at most so long; nothing while it runs on. Then
  // what is left of its group is killed; what it has printed can still be read.
  // REQUIRES: stop() was not called.
  const std::optional<Ending>& ended(Nanoseconds patience);

  // SIGTERM to the group; once the child has ended or `patience` has passed, SIGKILL to
  // what is left of the group. The child is reaped. A second call does nothing.
  void stop(Nanoseconds patience);

  pid_t pid() const { return pid_; }  // -1 once stopped, ended or moved from.

  static constexpr Nanoseconds kDefaultPatience = std::chrono::seconds(2);
  static constexpr std::size_t kLongestLine = std::size_t{64} * 1024;

 private:
  Child(std::string program, pid_t pid, Descriptor output)
      : program_(std::move(program)), pid_(pid), output_(std::move(output)) {}

  bool take_line(std::string& line);
  Result<bool> read_more(TimePoint until);  // False at the end of the output.

  std::string program_;
  pid_t pid_ = -1;
  Descriptor output_;
  std::string buffer_;
  std::optional<Ending> ending_;
};

// This program's own file, to run it again.
std::string own_program();

}  // namespace loadgate::process
