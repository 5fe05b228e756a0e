#include "monitor/control.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <pthread.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <csignal>
#include <cstdint>
#include <functional>
#include <optional>
#include <thread>
#include <vector>

#include "process/descriptor.h"

namespace loadgate::monitor {

namespace {

using process::Descriptor;
using Message = std::array<char, 64>;

constexpr std::size_t kPieces = 25;
constexpr std::size_t kRoundTrips = 1000;
// On a slow machine the median of fewer will do.
constexpr Nanoseconds kLongest = std::chrono::milliseconds(240);

// Zero where none succeeded.
Nanoseconds median(std::vector<Nanoseconds> times) {
  if (times.empty()) return {};
  const auto middle = times.begin() + static_cast<std::ptrdiff_t>(times.size() / 2);
  std::ranges::nth_element(times, middle);
  return *middle;
}

// The median time of what succeeds; stops at the first failure.
Nanoseconds median_time(std::size_t most, const std::function<bool()>& act) {
  const SteadyClock clock;
  const TimePoint begin = clock.now();
  std::vector<Nanoseconds> times;
  for (TimePoint before = begin; times.size() < most && before - begin < kLongest;) {
    if (!act()) return {};
    const TimePoint after = clock.now();
    times.push_back(after - before);
    before = after;
  }
  return median(std::move(times));
}

// Arithmetic and steps through memory that each need the one before, over what fits into
// the caches nearest to a core and what does not.
std::uint64_t work(std::vector<std::uint32_t>& memory) {
  constexpr std::uint64_t kSteps = 250'000;
  std::uint64_t state = 1;
  for (std::uint64_t step = 0; step < kSteps; ++step) {
    state = state * 6364136223846793005ULL + 1442695040888963407ULL;
    std::uint32_t& place = memory[(state >> 40U) % memory.size()];
    place += static_cast<std::uint32_t>(state >> 33U);
    state ^= place;
  }
  return state;
}

Nanoseconds time_work() {
  std::vector<std::uint32_t> memory(std::size_t{1} << 17U);  // 512 KB
  volatile std::uint64_t result = work(memory);
  return median_time(kPieces, [&] {
    result = work(memory);
    return true;
  });
}

struct Connection {
  Descriptor ours, theirs;
};

void set_option(const Descriptor& socket, int level, int name, const auto& value) {
  ::setsockopt(socket.number(), level, name, &value, sizeof value);
}

std::optional<Connection> connect_to_ourselves() {
  const Descriptor listener(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  auto* const generic = reinterpret_cast<sockaddr*>(&address);
  if (::bind(listener.number(), generic, size) != 0 || ::listen(listener.number(), 1) != 0 ||
      ::getsockname(listener.number(), generic, &size) != 0) {
    return std::nullopt;
  }
  Connection both;
  both.ours = Descriptor(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
  if (::connect(both.ours.number(), generic, size) != 0) return std::nullopt;
  both.theirs = Descriptor(::accept4(listener.number(), nullptr, nullptr, SOCK_CLOEXEC));
  if (both.theirs.number() < 0) return std::nullopt;
  const timeval patience{.tv_sec = 0, .tv_usec = 200'000};
  set_option(both.ours, SOL_SOCKET, SO_RCVTIMEO, patience);
  set_option(both.ours, IPPROTO_TCP, TCP_NODELAY, 1);
  set_option(both.theirs, IPPROTO_TCP, TCP_NODELAY, 1);
  return both;
}

bool send_all(const Descriptor& socket, const Message& message) {
  return ::send(socket.number(), message.data(), message.size(), MSG_NOSIGNAL) ==
         static_cast<ssize_t>(message.size());
}

bool receive_all(const Descriptor& socket, Message& message) {
  return ::recv(socket.number(), message.data(), message.size(), MSG_WAITALL) ==
         static_cast<ssize_t>(message.size());
}

void echo(const Descriptor& socket) {
  Message message;
  while (receive_all(socket, message) && send_all(socket, message)) {
  }
}

std::jthread start_echo(const Descriptor& socket) {
  sigset_t all;
  sigset_t before;
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, &before);
  std::jthread thread([&socket] { echo(socket); });
  pthread_sigmask(SIG_SETMASK, &before, nullptr);
  return thread;
}

Nanoseconds time_round_trips() {
  const std::optional<Connection> connection = connect_to_ourselves();
  if (!connection) return {};
  const std::jthread server = start_echo(connection->theirs);
  Message message{};
  const Nanoseconds time = median_time(kRoundTrips, [&] {
    return send_all(connection->ours, message) && receive_all(connection->ours, message);
  });
  ::shutdown(connection->ours.number(), SHUT_RDWR);  // Ends the echo.
  return time;
}

}  // namespace

metrics::Control measure_control() {
  return {.work = time_work(), .round_trip = time_round_trips()};
}

}  // namespace loadgate::monitor
