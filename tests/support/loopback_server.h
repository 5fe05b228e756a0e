#pragma once

// A tiny HTTP server on 127.0.0.1 for tests of what is on the wire: it shows each request
// byte for byte and answers with whatever bytes a test wants, broken ones included. One
// thread of its own; the answering function runs there, all other calls from any thread.

#include <netinet/in.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <cstdint>
#include <cstdlib>
#include <functional>
#include <list>
#include <mutex>
#include <stdexcept>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

namespace loadgate::support {

class LoopbackServer {
 public:
  struct Request {
    std::string head;  // With the empty line.
    std::string body;
    int connection = 0;  // 1 is the first that was accepted.
    int turn = 0;        // 1 is the connection's first request.
    std::string line() const { return head.substr(0, head.find("\r\n")); }
  };
  enum class Then { keep, close, reset };
  struct Reply {
    std::string bytes;  // None: the client waits.
    Then then = Then::keep;
  };

  static Reply ok(std::string_view body, std::string_view more_headers = "") {
    return {"HTTP/1.1 200 OK\r\n" + std::string(more_headers) +
            "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + std::string(body)};
  }

  explicit LoopbackServer(std::function<Reply(const Request&)> answer)
      : answer_(std::move(answer)), listener_(listen_somewhere()), port_(port_of(listener_)) {
    thread_ = std::thread([this] { serve(); });
  }
  LoopbackServer(const LoopbackServer&) = delete;
  LoopbackServer& operator=(const LoopbackServer&) = delete;
  ~LoopbackServer() {
    is_over_ = true;
    knock();
    thread_.join();
    ::close(listener_);
    ::close(bell_);
  }

  std::string url(std::string_view path = "/") const {
    return "http://127.0.0.1:" + std::to_string(port_) + std::string(path);
  }
  std::uint16_t port() const { return port_; }

  std::vector<Request> requests() const {
    const std::scoped_lock lock(mutex_);
    return requests_;
  }

  // Closes every connection, and returns when that is done.
  void hang_up() {
    wants_hang_up_ = true;
    knock();
    wants_hang_up_.wait(true);
  }

 private:
  struct Connection {
    int socket = -1;
    int number = 0;
    int turns = 0;
    std::string received;
  };

  static int listen_somewhere() {
    const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (::bind(socket, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0 ||
        ::listen(socket, 128) != 0) {
      throw std::runtime_error("no port for a test's server");
    }
    return socket;
  }

  static std::uint16_t port_of(int socket) {
    sockaddr_in address{};
    socklen_t size = sizeof address;
    ::getsockname(socket, reinterpret_cast<sockaddr*>(&address), &size);
    return ntohs(address.sin_port);
  }

  void knock() const {
    const std::uint64_t one = 1;
    [[maybe_unused]] const ssize_t written = ::write(bell_, &one, sizeof one);
  }

  void serve() {
    while (!is_over_) {
      std::vector<pollfd> sockets{{listener_, POLLIN, 0}, {bell_, POLLIN, 0}};
      for (const Connection& connection : connections_) {
        sockets.push_back({connection.socket, POLLIN, 0});
      }
      ::poll(sockets.data(), sockets.size(), -1);
      std::size_t index = 2;  // The connections, in their order.
      for (auto next = connections_.begin(); next != connections_.end();) {
        const auto connection = next++;
        if (sockets[index++].revents != 0) receive(connection);
      }
      if (sockets[0].revents != 0) accept();
      if (sockets[1].revents != 0) answer_bell();
    }
    hang_up_all();
  }

  void answer_bell() {
    std::uint64_t count = 0;
    [[maybe_unused]] const ssize_t got = ::read(bell_, &count, sizeof count);
    if (!wants_hang_up_) return;
    hang_up_all();
    wants_hang_up_ = false;
    wants_hang_up_.notify_all();
  }

  void hang_up_all() {
    for (const Connection& connection : connections_) ::close(connection.socket);
    connections_.clear();
  }

  void accept() {
    const int socket = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
    if (socket >= 0) connections_.push_back({socket, ++accepted_, 0, {}});
  }

  using Place = std::list<Connection>::iterator;

  void receive(Place connection) {
    std::string piece(65'536, '\0');
    const ssize_t size = ::recv(connection->socket, piece.data(), piece.size(), 0);
    if (size <= 0) return drop(connection, Then::close);
    connection->received.append(piece, 0, static_cast<std::size_t>(size));
    while (const std::size_t whole = whole_request(connection->received)) {
      if (!answer(connection, whole)) return;
    }
  }

  // The size of the request at the front of `text`; 0 while some of it is missing.
  static std::size_t whole_request(const std::string& text) {
    const std::size_t end = text.find("\r\n\r\n");
    if (end == std::string::npos) return 0;
    const std::string_view name = "\r\nContent-Length: ";
    const std::size_t length = text.find(name);
    const std::size_t body =
        length < end ? std::strtoul(text.c_str() + length + name.size(), nullptr, 10) : 0;
    return end + 4 + body <= text.size() ? end + 4 + body : 0;
  }

  // False: the connection is no more.
  bool answer(Place connection, std::size_t size) {
    const std::size_t head = connection->received.find("\r\n\r\n") + 4;
    Request request{connection->received.substr(0, head),
                    connection->received.substr(head, size - head), connection->number,
                    ++connection->turns};
    connection->received.erase(0, size);
    const Reply reply = answer_(request);
    {
      const std::scoped_lock lock(mutex_);
      requests_.push_back(std::move(request));
    }
    for (std::size_t sent = 0; sent < reply.bytes.size();) {
      const ssize_t step = ::send(connection->socket, reply.bytes.data() + sent,
                                  reply.bytes.size() - sent, MSG_NOSIGNAL);
      if (step <= 0) break;
      sent += static_cast<std::size_t>(step);
    }
    if (reply.then != Then::keep) drop(connection, reply.then);
    return reply.then == Then::keep;
  }

  void drop(Place connection, Then how) {
    const linger abort{1, 0};  // Closing then sends RST instead of FIN.
    if (how == Then::reset) {
      ::setsockopt(connection->socket, SOL_SOCKET, SO_LINGER, &abort, sizeof abort);
    }
    ::close(connection->socket);
    connections_.erase(connection);
  }

  const std::function<Reply(const Request&)> answer_;
  const int listener_;
  const std::uint16_t port_;
  const int bell_ = ::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
  std::atomic<bool> is_over_ = false;
  std::atomic<bool> wants_hang_up_ = false;

  // Of the server's thread.
  std::list<Connection> connections_;
  int accepted_ = 0;

  mutable std::mutex mutex_;
  std::vector<Request> requests_;  // Guarded by mutex_.

  std::thread thread_;
};

// A port of 127.0.0.1 on which nothing listens, and nothing will while this lives.
class DeafPort {
 public:
  DeafPort() : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    (void)::bind(socket_, reinterpret_cast<sockaddr*>(&address), size);
    ::getsockname(socket_, reinterpret_cast<sockaddr*>(&address), &size);
    port_ = ntohs(address.sin_port);
  }
  DeafPort(const DeafPort&) = delete;
  DeafPort& operator=(const DeafPort&) = delete;
  ~DeafPort() { ::close(socket_); }

  std::string place() const { return "127.0.0.1:" + std::to_string(port_); }

 private:
  int socket_;
  std::uint16_t port_ = 0;
};

}  // namespace loadgate::support
