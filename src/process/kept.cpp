#include "process/kept.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>
#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstring>

#include "process/keeper.h"

namespace loadgate::process {
namespace {

// How soon a second Ctrl-C is seen while all are asked to end.
constexpr Nanoseconds kLook = std::chrono::milliseconds(50);

// Put together before the fork, where memory may still be had.
class Words {
 public:
  explicit Words(std::vector<std::string> words) : words_(std::move(words)) {
    for (std::string& word : words_) pointers_.push_back(word.data());
    pointers_.push_back(nullptr);
  }
  char* const* pointers() const { return pointers_.data(); }

 private:
  std::vector<std::string> words_;
  std::vector<char*> pointers_;
};

std::vector<std::string> environment_with(
    const std::vector<std::pair<std::string, std::string>>& more) {
  std::vector<std::string> all;
  for (char** variable = environ; *variable != nullptr; ++variable) {
    const std::string_view text = *variable;
    const std::string_view name = text.substr(0, text.find('='));
    const bool is_replaced = std::any_of(more.begin(), more.end(), [&](const auto& replacement) {
      return replacement.first == name;
    });
    if (!is_replaced) all.emplace_back(text);
  }
  for (const auto& [name, value] : more) all.push_back(fmt::format("{}={}", name, value));
  return all;
}

// As we were started with: a load raises our own limit, and a service that is started
// again must find what it found the first time.
rlimit files_at_first() {
  static const rlimit kFirst = [] {
    rlimit limit{};
    ::getrlimit(RLIMIT_NOFILE, &limit);
    return limit;
  }();
  return kFirst;
}

pid_t fork_keeper(const KeeperTask& task) {
  sigset_t all;
  sigset_t before;
  ::sigfillset(&all);
  ::pthread_sigmask(SIG_BLOCK, &all, &before);
  const pid_t pid = ::fork();
  if (pid == 0) keep(task);
  ::pthread_sigmask(SIG_SETMASK, &before, nullptr);
  return pid;
}

std::string name_of_signal(int signal) {
  const char* name = ::sigabbrev_np(signal);
  return name == nullptr ? fmt::format("signal {}", signal) : fmt::format("SIG{}", name);
}

std::string trouble(std::string_view what) {
  return fmt::format("{}: {}", what, std::strerror(errno));
}

}  // namespace

bool Ending::has_exited() const { return status && WIFEXITED(*status); }

std::string describe(const Ending& ending) {
  if (!ending.status) return "its keeper is gone";
  if (WIFSIGNALED(*ending.status)) return "killed by " + name_of_signal(WTERMSIG(*ending.status));
  const int code = WEXITSTATUS(*ending.status);
  // So a shell passes on what killed the command in it.
  if (code > 128 && ::sigabbrev_np(code - 128) != nullptr) {
    return fmt::format("exit status {}, {}", code, name_of_signal(code - 128));
  }
  return fmt::format("exit status {}", code);
}

Result<Kept> Kept::start(const Command& command) {
  const Descriptor log(
      ::open(command.log.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0666));
  if (log.number() < 0) return failure(trouble("cannot write " + command.log.string()));
  int ends[2];
  if (::socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) != 0) {
    return failure(trouble("cannot start a process"));
  }
  Descriptor ours(ends[0]);
  const Descriptor theirs(ends[1]);

  const Words arguments({"/bin/sh", "-c", command.text});
  const Words environment(environment_with(command.environment));
  const KeeperTask task{.control = theirs.number(),
                        .log = log.number(),
                        .directory = command.directory.c_str(),
                        .arguments = arguments.pointers(),
                        .environment = environment.pointers(),
                        .files = files_at_first()};
  const pid_t keeper = fork_keeper(task);
  if (keeper < 0) return failure(trouble("cannot start a process"));
  return Kept(keeper, std::move(ours));
}

Kept::Kept(Kept&& other) noexcept
    : keeper_(std::exchange(other.keeper_, -1)),
      control_(std::move(other.control_)),
      ending_(std::exchange(other.ending_, std::nullopt)),
      is_asked_(other.is_asked_) {}

Kept::~Kept() {
  control_.close();
  if (keeper_ > 0) reap();
}

const std::optional<Ending>& Kept::ended(Nanoseconds patience) {
  if (!ending_ && keeper_ > 0) hear(patience);
  return ending_;
}

void Kept::ask_to_stop(Nanoseconds patience) {
  if (keeper_ < 0 || is_asked_) return;
  is_asked_ = true;
  const StopOrder order{patience.count()};
  ::send(control_.number(), &order, sizeof order, MSG_NOSIGNAL);
}

Kept::Stopped Kept::stop(Nanoseconds patience, const std::atomic<int>* stop_request) {
  if (keeper_ < 0) return Stopped::gently;
  ask_to_stop(patience);
  const auto is_hurried = [&] { return stop_request != nullptr && *stop_request >= 2; };
  while (!is_hurried() && hear(kLook)) {
  }
  control_.close();
  return reap() == kEndedByThemselves ? Stopped::gently : Stopped::killed;
}

bool Kept::hear(Nanoseconds patience) {
  pollfd readable{control_.number(), POLLIN, 0};
  const timespec time = as_timespec(patience);
  if (::ppoll(&readable, 1, &time, nullptr) <= 0) return true;
  EndWord word{};
  const ssize_t size = ::recv(control_.number(), &word, sizeof word, 0);
  // Reset: the keeper ended before it read our order; what it said is still to be read.
  if (size < 0 && (errno == EINTR || errno == ECONNRESET)) return true;
  if (size == sizeof word) {
    ending_ = Ending{word.status, TimePoint(Nanoseconds(word.when))};
    return true;
  }
  if (!ending_) ending_ = Ending{std::nullopt, SteadyClock().now()};
  return false;
}

int Kept::reap() {
  int status = 0;
  while (::waitpid(keeper_, &status, 0) < 0 && errno == EINTR) {
  }
  keeper_ = -1;
  return WIFEXITED(status) ? WEXITSTATUS(status) : kCouldNotKeep;
}

}  // namespace loadgate::process
