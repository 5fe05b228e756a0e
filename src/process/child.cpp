#include "process/child.h"

#include <fmt/format.h>
#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>
#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <filesystem>
#include <system_error>
#include <utility>

#include "base/units.h"
#include "process/spawn.h"

namespace loadgate::process {
namespace {

// Leaves the child unreaped, so that its number, which is the group's, cannot be given
// to someone else before the group has been killed.
bool has_ended(pid_t pid) {
  siginfo_t info{};
  const int outcome = ::waitid(P_PID, static_cast<id_t>(pid), &info, WEXITED | WNOHANG | WNOWAIT);
  if (outcome != 0) return errno != EINTR;
  return info.si_pid == pid;
}

// Looks every two milliseconds: pidfd_open would wait without looking, but older
// container runtimes forbid it.
void wait_for_end(pid_t pid, Nanoseconds patience) {
  const SteadyClock clock;
  const TimePoint until = clock.now() + patience;
  const timespec pause = as_timespec(std::chrono::milliseconds(2));
  while (!has_ended(pid) && clock.now() < until) ::ppoll(nullptr, 0, &pause, nullptr);
}

// As waitpid() gives it.
int reap(pid_t pid) {
  int status = 0;
  while (::waitpid(pid, &status, 0) < 0 && errno == EINTR) {
  }
  return status;
}

}  // namespace

Result<Child> Child::spawn(const std::string& program, const std::vector<std::string>& arguments) {
  Result<Spawned> spawned = spawn_program(program, arguments);
  if (!spawned) return failure(spawned.error());
  return Child(program, spawned->pid, std::move(spawned->output));
}

Child::Child(Child&& other) noexcept
    : program_(std::move(other.program_)),
      pid_(std::exchange(other.pid_, -1)),
      output_(std::move(other.output_)),
      buffer_(std::move(other.buffer_)),
      ending_(std::exchange(other.ending_, {})) {}

Child& Child::operator=(Child&& other) noexcept {
  if (this == &other) return *this;
  stop(kDefaultPatience);
  program_ = std::move(other.program_);
  pid_ = std::exchange(other.pid_, -1);
  output_ = std::move(other.output_);
  buffer_ = std::move(other.buffer_);
  ending_ = std::exchange(other.ending_, {});
  return *this;
}

Child::~Child() { stop(kDefaultPatience); }

const std::optional<Ending>& Child::ended(Nanoseconds patience) {
  if (pid_ <= 0) return ending_;
  wait_for_end(pid_, patience);
  if (!has_ended(pid_)) return ending_;
  const TimePoint when = SteadyClock().now();
  ::kill(-pid_, SIGKILL);
  ending_ = Ending{reap(std::exchange(pid_, -1)), when};
  return ending_;
}

void Child::stop(Nanoseconds patience) {
  if (pid_ > 0) {
    ::kill(-pid_, SIGTERM);
    wait_for_end(pid_, patience);
    ::kill(-pid_, SIGKILL);
    reap(std::exchange(pid_, -1));
  }
  output_.close();
}

bool Child::take_line(std::string& line) {
  const std::size_t end = buffer_.find('\n');
  if (end == std::string::npos) return false;
  line = buffer_.substr(0, end);
  buffer_.erase(0, end + 1);
  return true;
}

Result<bool> Child::read_more(TimePoint until) {
  const SteadyClock clock;
  char bytes[4096];
  for (;;) {
    pollfd readable{output_.number(), POLLIN, 0};
    const timespec left = as_timespec(until - clock.now());
    const int ready = ::ppoll(&readable, 1, &left, nullptr);
    if (ready == 0) return failure("timed out");
    const ssize_t count = ready > 0 ? ::read(output_.number(), bytes, sizeof bytes) : -1;
    if (count >= 0) {
      buffer_.append(bytes, static_cast<std::size_t>(count));
      return count > 0;
    }
    if (errno != EINTR) return failure(std::strerror(errno));
  }
}

Result<std::string> Child::read_line(Nanoseconds patience) {
  const TimePoint until = SteadyClock().now() + patience;
  std::string line;
  while (!take_line(line)) {
    if (buffer_.size() > kLongestLine) {
      return failure(fmt::format("{} printed a line that is too long", program_));
    }
    if (output_.number() < 0) return failure(fmt::format("{} was stopped", program_));
    const Result<bool> more = read_more(until);
    if (!more) {
      return failure(fmt::format("{} printed no line within {}: {}", program_,
                                 format_duration(patience), more.error().text));
    }
    if (*more) continue;
    if (buffer_.empty()) return failure(fmt::format("{} ended without printing a line", program_));
    return std::exchange(buffer_, {});
  }
  return line;
}

std::string own_program() {
  // The link itself also works where the file was replaced while we run; its target
  // reads better in a list of processes.
  std::error_code trouble;
  const std::filesystem::path link = "/proc/self/exe";
  const std::filesystem::path target = std::filesystem::read_symlink(link, trouble);
  if (trouble || !std::filesystem::exists(target, trouble)) return link;
  return target;
}

}  // namespace loadgate::process
