#pragma once

// Sockets and the moments they become ready: epoll with the manners of a load
// generator. One thread uses it; only wake() may be called from anywhere.
//
// A socket whose owner wants nothing stays registered, because a kept connection is
// soon wanted again and each change is a system call. Should a resting socket become
// ready (its peer closed it), it is taken out, or it would wake us for ever.

#include <sys/epoll.h>

#include <array>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "base/clock.h"
#include "base/result.h"

namespace loadgate::transport {

class Poller {
 public:
  struct Ready {
    int socket;
    std::uint32_t events;  // EPOLLIN and EPOLLOUT; an error shows as all that is wanted.
  };

  static Result<std::unique_ptr<Poller>> open();
  ~Poller();
  Poller(const Poller&) = delete;
  Poller& operator=(const Poller&) = delete;

  // `events` of EPOLLIN and EPOLLOUT; 0 when the socket rests.
  void want(int socket, std::uint32_t events);
  // To be called when a socket was made. libcurl 7.88 closes those that never connected
  // without a word, and believes that a new one of the same number is wanted already.
  void adopt(int socket);
  // To be called before a socket is closed.
  void forget(int socket);

  // Until sockets are ready, wake(), a signal, or `patience` has passed, whichever is
  // first. The span is valid until the next call.
  std::span<const Ready> wait(Nanoseconds patience);

  void wake() noexcept;
  bool take_wake();  // Whether wake() was called since the last call of this.

 private:
  struct Watch {
    std::uint32_t registered = 0;
    std::uint32_t wanted = 0;
  };

  Poller(int epoll, int wake);
  int pause(Nanoseconds patience);
  void keep_if_wanted(const epoll_event& event);

  static constexpr std::size_t kEventsATurn = 256;

  int epoll_;
  int wake_;
  bool woken_ = false;
  std::vector<Watch> watches_;  // By descriptor.
  std::array<epoll_event, kEventsATurn> events_{};
  std::vector<Ready> ready_;
};

}  // namespace loadgate::transport
