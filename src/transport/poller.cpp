#include "transport/poller.h"

#include <fmt/format.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <algorithm>
#include <cassert>
#include <cerrno>
#include <climits>
#include <cstring>
#include <ctime>
#include <utility>

namespace loadgate::transport {
namespace {

int whole_milliseconds(Nanoseconds time) {
  return static_cast<int>(std::min<Nanoseconds::rep>(
      std::chrono::ceil<std::chrono::milliseconds>(time).count(), INT_MAX));
}

}  // namespace

Result<std::unique_ptr<Poller>> Poller::open() {
  const int epoll = epoll_create1(EPOLL_CLOEXEC);
  if (epoll < 0) return failure(fmt::format("creating an epoll: {}", std::strerror(errno)));
  const int wake = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
  epoll_event event{.events = EPOLLIN, .data = {.fd = wake}};
  if (wake < 0 || epoll_ctl(epoll, EPOLL_CTL_ADD, wake, &event) != 0) {
    const int reason = errno;
    if (wake >= 0) ::close(wake);
    ::close(epoll);
    return failure(fmt::format("creating an eventfd: {}", std::strerror(reason)));
  }
  return std::unique_ptr<Poller>(new Poller(epoll, wake));
}

Poller::Poller(int epoll, int wake) : epoll_(epoll), wake_(wake) {}

Poller::~Poller() {
  ::close(wake_);
  ::close(epoll_);
}

void Poller::want(int socket, std::uint32_t events) {
  const auto index = static_cast<std::size_t>(socket);
  if (index >= watches_.size()) watches_.resize(index + 1);
  Watch& watch = watches_[index];
  watch.wanted = events;
  if (events == watch.registered) return;
  if (events == 0) {
    // Only a connected socket rests; one that was still connecting is given up.
    if ((watch.registered & EPOLLOUT) != 0) forget(socket);
    return;
  }
  epoll_event event{.events = events, .data = {.fd = socket}};
  const int operation = watch.registered == 0 ? EPOLL_CTL_ADD : EPOLL_CTL_MOD;
  [[maybe_unused]] const int failed = epoll_ctl(epoll_, operation, socket, &event);
  assert(failed == 0);
  watch.registered = events;
}

void Poller::adopt(int socket) {
  const auto index = static_cast<std::size_t>(socket);
  if (index >= watches_.size()) return;
  watches_[index].registered = 0;
  want(socket, watches_[index].wanted);
}

void Poller::forget(int socket) {
  const auto index = static_cast<std::size_t>(socket);
  if (index >= watches_.size()) return;
  if (watches_[index].registered != 0) epoll_ctl(epoll_, EPOLL_CTL_DEL, socket, nullptr);
  watches_[index] = {};
}

// epoll_wait knows only milliseconds, so it serves where the kernel is older than 5.11
// or a sandbox refuses the newer call.
int Poller::pause(Nanoseconds patience) {
  static const bool has_fine_wait = [] {
    const timespec now{};
    epoll_event event;
    return epoll_pwait2(-1, &event, 1, &now, nullptr) < 0 && errno == EBADF;
  }();
  if (!has_fine_wait) {
    return epoll_wait(epoll_, events_.data(), kEventsATurn, whole_milliseconds(patience));
  }
  const timespec time = as_timespec(patience);
  return epoll_pwait2(epoll_, events_.data(), kEventsATurn, &time, nullptr);
}

std::span<const Poller::Ready> Poller::wait(Nanoseconds patience) {
  ready_.clear();
  const int count = pause(std::max(patience, Nanoseconds::zero()));
  assert(count >= 0 || errno == EINTR);
  for (int i = 0; i < count; ++i) keep_if_wanted(events_[static_cast<std::size_t>(i)]);
  return ready_;
}

void Poller::keep_if_wanted(const epoll_event& event) {
  const int socket = event.data.fd;
  if (socket == wake_) {
    std::uint64_t count = 0;
    woken_ |= ::read(wake_, &count, sizeof count) > 0;
    return;
  }
  const std::uint32_t wanted = watches_[static_cast<std::size_t>(socket)].wanted;
  if (wanted == 0) return forget(socket);
  const bool is_broken = (event.events & (EPOLLERR | EPOLLHUP)) != 0;
  ready_.push_back({socket, is_broken ? wanted : event.events & wanted});
}

void Poller::wake() noexcept {
  const std::uint64_t one = 1;
  // It fails only when the counter is full, and then the loop is awake already.
  [[maybe_unused]] const ssize_t written = ::write(wake_, &one, sizeof one);
}

bool Poller::take_wake() { return std::exchange(woken_, false); }

}  // namespace loadgate::transport
