#include "monitor/listeners.h"

#include <fmt/format.h>

#include <charconv>
#include <fstream>
#include <string>

#include "base/text.h"

namespace loadgate::monitor {

namespace {

namespace fs = std::filesystem;

std::optional<std::uint64_t> number_in(std::string_view text, int base) {
  std::uint64_t number = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), number, base);
  const bool is_whole = read.ec == std::errc() && read.ptr == text.data() + text.size();
  return is_whole ? std::optional(number) : std::nullopt;
}

std::vector<std::string_view> words_of(std::string_view line) {
  std::vector<std::string_view> words;
  for (const std::string_view word : split(line, ' ')) {
    if (!word.empty()) words.push_back(word);
  }
  return words;
}

// "socket:[12345]", as the links of /proc/PID/fd say it.
std::optional<std::uint64_t> socket_of(const fs::path& link) {
  std::error_code refused;
  const std::string target = fs::read_symlink(link, refused).string();
  if (refused || !target.starts_with("socket:[") || !target.ends_with(']')) return std::nullopt;
  return number_in(std::string_view(target).substr(8, target.size() - 9), 10);
}

bool holds(const fs::path& root, pid_t pid, const std::set<std::uint64_t>& sockets) {
  std::error_code refused;
  fs::directory_iterator file(root / fmt::format("proc/{}/fd", pid), refused);
  for (; !refused && file != fs::directory_iterator(); file.increment(refused)) {
    const auto socket = socket_of(file->path());
    if (socket && sockets.contains(*socket)) return true;
  }
  return false;
}

}  // namespace

std::optional<Listener> parse_listener(std::string_view line) {
  // "0: 0100007F:1F90 00000000:0000 0A 00000000:00000000 00:00000000 00000000 0 0 12345 …":
  // number, own address, the other's, state, queues, timer, retransmissions, user, timeout,
  // inode.
  constexpr std::size_t kAddress = 1, kState = 3, kInode = 9;
  constexpr std::string_view kListening = "0A";
  const std::vector<std::string_view> words = words_of(line);
  if (words.size() <= kInode || words[kState] != kListening) return std::nullopt;
  const std::string_view address = words[kAddress];
  const auto port = number_in(address.substr(address.rfind(':') + 1), 16);
  const auto inode = number_in(words[kInode], 10);
  if (!port || !inode) return std::nullopt;
  return Listener{.port = static_cast<unsigned>(*port), .inode = *inode};
}

std::set<std::uint64_t> listening_sockets(const fs::path& root, unsigned short port) {
  std::set<std::uint64_t> sockets;
  for (const char* table : {"proc/net/tcp", "proc/net/tcp6"}) {
    std::ifstream file(root / table);
    std::string line;
    std::getline(file, line);  // The headline.
    // The kernel tells listeners first; of what follows there may be very much.
    while (std::getline(file, line)) {
      const auto listener = parse_listener(line);
      if (!listener) break;
      if (listener->port == port) sockets.insert(listener->inode);
    }
  }
  return sockets;
}

std::vector<pid_t> holders_of(const fs::path& root, const std::set<std::uint64_t>& sockets,
                              const ProcessTable& table) {
  std::vector<pid_t> holders;
  for (const ProcessStat& process : table.all()) {
    if (holds(root, process.id.pid, sockets)) holders.push_back(process.id.pid);
  }
  // The first of all processes opens sockets on behalf of services that it starts; its
  // family is everybody's.
  if (holders.size() > 1 && holders.front() == 1) holders.erase(holders.begin());
  return holders;
}

}  // namespace loadgate::monitor
