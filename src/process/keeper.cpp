#include "process/keeper.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>
#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <ctime>
#include <string_view>

#include "process/process_tree.h"
#include "process/signals.h"

namespace loadgate::process {
namespace {

constexpr int kControl = 3;
constexpr std::int64_t kMillisecond = 1'000'000;
// Between two rounds of SIGKILL: what was killed must end before its children are ours.
constexpr std::int64_t kRound = 5 * kMillisecond;
// What does not end after SIGKILL belongs to another user or hangs in the kernel.
constexpr std::int64_t kKillPatience = 5000 * kMillisecond;

std::int64_t now() {
  timespec time{};
  ::clock_gettime(CLOCK_MONOTONIC, &time);
  return std::int64_t{time.tv_sec} * 1'000'000'000 + time.tv_nsec;
}

void close_from(unsigned first) {
  if (::close_range(first, ~0U, 0) == 0) return;
  rlimit files{};
  ::getrlimit(RLIMIT_NOFILE, &files);
  const auto end = static_cast<unsigned>(std::min<rlim_t>(files.rlim_cur, 1U << 16U));
  for (unsigned number = first; number < end; ++number) ::close(static_cast<int>(number));
}

// The log as output and nothing else that was ours: a pipe of the shell that started us
// would stay open as long as the keeper lives.
bool take_descriptors(const KeeperTask& task) {
  const int above = kControl + 1;
  const int control = ::fcntl(task.control, F_DUPFD_CLOEXEC, above);
  const int log = ::fcntl(task.log, F_DUPFD_CLOEXEC, above);
  const int nothing = ::open("/dev/null", O_RDONLY | O_CLOEXEC);
  const bool has_taken = ::dup2(nothing, STDIN_FILENO) >= 0 && ::dup2(log, STDOUT_FILENO) >= 0 &&
                         ::dup2(log, STDERR_FILENO) >= 0 &&
                         ::dup3(control, kControl, O_CLOEXEC) >= 0;
  close_from(above);
  return has_taken;
}

void complain(std::string_view what, int reason) {
  const auto say = [](std::string_view text) {
    [[maybe_unused]] const ssize_t said = ::write(STDERR_FILENO, text.data(), text.size());
  };
  say("loadgate: ");
  say(what);
  say(": ");
  say(::strerrordesc_np(reason));  // Unlike strerror() it is safe here.
  say("\n");
}

[[noreturn]] void become_command(const KeeperTask& task, pid_t keeper) {
  ::setsid();
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (::getppid() != keeper) ::_exit(1);  // It died before we asked to be told.
  ::setrlimit(RLIMIT_NOFILE, &task.files);
  restore_signals();
  if (::chdir(task.directory) != 0) {
    complain(task.directory, errno);
  } else {
    ::execve(task.arguments[0], task.arguments, task.environment);
    complain(task.arguments[0], errno);
  }
  ::_exit(127);
}

class Keeper {
 public:
  explicit Keeper(const KeeperTask& task) : task_(task) {}

  KeeperExit run() {
    if (!start()) return kCouldNotKeep;
    for (;;) {
      if (!reap()) return state_ == State::killing ? kHadToBeKilled : kEndedByThemselves;
      if (state_ == State::stopping && now() >= until_) begin_to_kill();
      if (state_ == State::killing) {
        if (now() >= until_) return kCouldNotKeep;
        signal_descendants(self_, SIGKILL);
      }
      wait();
    }
  }

 private:
  enum class State { keeping, stopping, killing };

  bool start() {
    sigset_t child;
    ::sigemptyset(&child);
    ::sigaddset(&child, SIGCHLD);
    child_ended_ = ::signalfd(-1, &child, SFD_CLOEXEC | SFD_NONBLOCK);
    command_ = ::fork();
    if (command_ == 0) become_command(task_, self_);
    if (command_ < 0) complain("fork", errno);
    return child_ended_ >= 0 && command_ > 0;
  }

  // False once nothing is left.
  bool reap() {
    int status = 0;
    for (;;) {
      const pid_t pid = ::waitpid(-1, &status, WNOHANG);
      if (pid <= 0) return pid == 0;
      if (pid != command_) continue;
      const EndWord word{status, now()};
      ::send(kControl, &word, sizeof word, MSG_NOSIGNAL);
    }
  }

  void wait() {
    std::array<pollfd, 2> events{{{child_ended_, POLLIN, 0}, {kControl, POLLIN, 0}}};
    // Once killing there is nothing more to be told, and a closed socket is always ready.
    const nfds_t count = state_ == State::killing ? 1 : 2;
    ::ppoll(events.data(), count, pause(), nullptr);
    signalfd_siginfo ended;
    while (::read(child_ended_, &ended, sizeof ended) > 0) {
    }
    if (count == 2 && events[1].revents != 0) heed();
  }

  const timespec* pause() {
    if (state_ == State::keeping) return nullptr;
    const std::int64_t left = std::max<std::int64_t>(until_ - now(), 0);
    const std::int64_t time = state_ == State::killing ? std::min(left, kRound) : left;
    pause_ = {time / 1'000'000'000, time % 1'000'000'000};
    return &pause_;
  }

  void heed() {
    StopOrder order{};
    const ssize_t size = ::recv(kControl, &order, sizeof order, 0);
    if (size < 0 && errno == EINTR) return;
    if (size != sizeof order) return begin_to_kill();
    if (state_ != State::keeping) return;
    state_ = State::stopping;
    until_ = now() + order.patience;
    signal_descendants(self_, SIGTERM);
    signal_descendants(self_, SIGCONT);  // A stopped process does not hear SIGTERM.
  }

  void begin_to_kill() {
    state_ = State::killing;
    until_ = now() + kKillPatience;
  }

  const KeeperTask& task_;
  const pid_t self_ = ::getpid();
  pid_t command_ = -1;
  int child_ended_ = -1;
  State state_ = State::keeping;
  std::int64_t until_ = 0;
  timespec pause_{};
};

}  // namespace

void keep(const KeeperTask& task) {
  ::setsid();  // A terminal's Ctrl-C is for us, who then tell the keeper.
  // Not our own name: who kills loadgate by name shall not kill the keeper too.
  ::prctl(PR_SET_NAME, "service-keeper");
  ::prctl(PR_SET_CHILD_SUBREAPER, 1);
  ::_exit(take_descriptors(task) ? Keeper(task).run() : kCouldNotKeep);
}

}  // namespace loadgate::process
