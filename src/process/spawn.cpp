#include "process/spawn.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <cerrno>
#include <cstring>

#include "process/signals.h"

namespace loadgate::process {
namespace {

struct Pipe {
  Descriptor read;
  Descriptor write;
};

Result<Pipe> open_pipe() {
  int ends[2];
  if (::pipe2(ends, O_CLOEXEC) != 0) return failure(std::strerror(errno));
  return Pipe{Descriptor(ends[0]), Descriptor(ends[1])};
}

std::vector<char*> argument_pointers(const std::string& program,
                                     const std::vector<std::string>& arguments) {
  std::vector<char*> pointers;
  pointers.push_back(const_cast<char*>(program.c_str()));
  for (const std::string& argument : arguments) {
    pointers.push_back(const_cast<char*>(argument.c_str()));
  }
  pointers.push_back(nullptr);
  return pointers;
}

// False with errno where a standard stream cannot be set.
bool set_standard_streams(int output) {
  const int nothing = ::open("/dev/null", O_RDONLY | O_CLOEXEC);
  return nothing >= 0 && ::dup2(nothing, STDIN_FILENO) >= 0 && ::dup2(output, STDOUT_FILENO) >= 0;
}

// The forked side. Other threads held locks when we forked, so only calls that are safe
// in a signal handler: nothing here allocates.
[[noreturn]] void become(char* const* arguments, pid_t parent, int output, int trouble) {
  // Above the standard streams, which are about to be overwritten: we may have been
  // started with some of them closed, and our pipes may have taken their numbers.
  trouble = ::fcntl(trouble, F_DUPFD_CLOEXEC, 3);
  output = ::fcntl(output, F_DUPFD_CLOEXEC, 3);
  ::setpgid(0, 0);
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (::getppid() != parent) ::_exit(1);  // It died before we asked to be told.
  restore_signals();
  if (set_standard_streams(output)) ::execvp(arguments[0], arguments);
  const int reason = errno;
  [[maybe_unused]] const ssize_t told = ::write(trouble, &reason, sizeof reason);
  ::_exit(127);
}

// The errno of a failed exec, or 0: a successful exec closes the pipe and says nothing.
int exec_trouble(int trouble) {
  int reason = 0;
  ssize_t count = 0;
  do {
    count = ::read(trouble, &reason, sizeof reason);
  } while (count < 0 && errno == EINTR);
  return count == sizeof reason ? reason : 0;
}

void reap(pid_t pid) {
  while (::waitpid(pid, nullptr, 0) < 0 && errno == EINTR) {
  }
}

}  // namespace

Result<Spawned> spawn_program(const std::string& program,
                              const std::vector<std::string>& arguments) {
  const auto refuse = [&](std::string_view why) {
    return failure(fmt::format("cannot start {}: {}", program, why));
  };
  Result<Pipe> output = open_pipe();
  if (!output) return refuse(output.error().text);
  Result<Pipe> trouble = open_pipe();
  if (!trouble) return refuse(trouble.error().text);

  const std::vector<char*> pointers = argument_pointers(program, arguments);
  const pid_t parent = ::getpid();
  const pid_t pid = ::fork();
  if (pid < 0) return refuse(std::strerror(errno));
  if (pid == 0) become(pointers.data(), parent, output->write.number(), trouble->write.number());

  trouble->write.close();
  if (const int reason = exec_trouble(trouble->read.number()); reason != 0) {
    reap(pid);
    return refuse(std::strerror(reason));
  }
  return Spawned{pid, std::move(output->read)};
}

}  // namespace loadgate::process
