#include "process/process_tree.h"

#include <dirent.h>
#include <fcntl.h>
#include <unistd.h>
#include <array>
#include <charconv>
#include <csignal>
#include <cstring>
#include <string_view>

#include "process/descriptor.h"

namespace loadgate::process {
namespace {

pid_t number_in(std::string_view text) {
  pid_t number = -1;
  const auto [end, trouble] = std::from_chars(text.data(), text.data() + text.size(), number);
  return trouble == std::errc() && end == text.data() + text.size() ? number : -1;
}

// "PID (NAME) STATE PPID …", where NAME may hold blanks and brackets.
pid_t parent_in(std::string_view stat) {
  const std::size_t name_end = stat.rfind(") ");
  if (name_end == std::string_view::npos || name_end + 4 > stat.size()) return -1;
  const std::string_view parent = stat.substr(name_end + 4);
  return number_in(parent.substr(0, parent.find(' ')));
}

pid_t parent_of(pid_t pid) {
  std::array<char, 32> path{"/proc/"};
  char* const digits_end = std::to_chars(path.data() + 6, path.data() + 24, pid).ptr;
  std::memcpy(digits_end, "/stat", sizeof "/stat");
  const Descriptor file(::open(path.data(), O_RDONLY | O_CLOEXEC));
  std::array<char, 512> text;
  const ssize_t size = file.number() < 0 ? -1 : ::read(file.number(), text.data(), text.size());
  return size <= 0 ? -1 : parent_in({text.data(), static_cast<std::size_t>(size)});
}

bool descends(pid_t pid, pid_t ancestor) {
  for (pid_t parent = parent_of(pid); parent > 1; parent = parent_of(parent)) {
    if (parent == ancestor) return true;
  }
  return false;
}

}  // namespace

void signal_descendants(pid_t ancestor, int signal) {
  const Descriptor folder(::open("/proc", O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (folder.number() < 0) return;
  alignas(dirent64) std::array<char, 8192> entries;
  for (;;) {
    const ssize_t size = ::getdents64(folder.number(), entries.data(), entries.size());
    if (size <= 0) return;
    for (ssize_t at = 0; at < size;) {
      const auto* entry = reinterpret_cast<const dirent64*>(entries.data() + at);
      at += entry->d_reclen;
      const pid_t pid = number_in(entry->d_name);
      if (pid > 1 && descends(pid, ancestor)) ::kill(pid, signal);
    }
  }
}

}  // namespace loadgate::process
