#include "monitor/process_stat.h"

#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <charconv>
#include <cstring>

#include "base/machine_time.h"
#include "process/descriptor.h"

namespace loadgate::monitor {

namespace {

// Columns as proc(5) numbers them. The name before them may hold blanks and brackets, so
// they are counted behind its last bracket: the first there is number 3.
constexpr std::size_t kState = 3, kParent = 4, kReapedUser = 16, kReapedSystem = 17, kBegan = 22,
                      kResidentPages = 24;
using Columns = std::array<std::string_view, kResidentPages + 1>;

template <class Number>
Number number_in(std::string_view text) {
  Number number{};
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

std::optional<Columns> columns_of(std::string_view behind_name) {
  Columns columns;
  for (std::size_t column = kState; column < columns.size(); ++column) {
    const std::size_t end = std::min(behind_name.find(' '), behind_name.size());
    if (end == 0) return std::nullopt;
    columns[column] = behind_name.substr(0, end);
    behind_name.remove_prefix(std::min(end + 1, behind_name.size()));
  }
  return columns;
}

}  // namespace

std::optional<ProcessStat> parse_process_stat(std::string_view stat) {
  const std::size_t name_begin = stat.find('(');
  const std::size_t name_end = stat.rfind(") ");
  if (name_end == std::string_view::npos || name_begin > name_end) return std::nullopt;
  const auto columns = columns_of(stat.substr(name_end + 2));
  if (!columns) return std::nullopt;
  const auto number = [&](std::size_t column) {
    return number_in<std::uint64_t>((*columns)[column]);
  };
  static const auto kPage = static_cast<std::uint64_t>(::sysconf(_SC_PAGESIZE));
  return ProcessStat{.id = {.pid = number_in<pid_t>(stat), .began = number(kBegan)},
                     .name = std::string(stat.substr(name_begin + 1, name_end - name_begin - 1)),
                     .is_zombie = (*columns)[kState] == "Z" || (*columns)[kState] == "X",
                     .parent = number_in<pid_t>((*columns)[kParent]),
                     .reaped = from_ticks(number(kReapedUser)) + from_ticks(number(kReapedSystem)),
                     .memory = number(kResidentPages) * kPage};
}

std::optional<ProcessStat> read_process_stat(int folder, pid_t pid) {
  std::array<char, 32> path;
  char* const digits_end = std::to_chars(path.data(), path.data() + 16, pid).ptr;
  std::memcpy(digits_end, "/stat", sizeof "/stat");
  const process::Descriptor file(::openat(folder, path.data(), O_RDONLY | O_CLOEXEC));
  std::array<char, 1024> text;
  const ssize_t size = ::read(file.number(), text.data(), text.size());
  if (size <= 0) return std::nullopt;
  return parse_process_stat({text.data(), static_cast<std::size_t>(size)});
}

}  // namespace loadgate::monitor
