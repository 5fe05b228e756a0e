#pragma once

// A client of one kept connection to 127.0.0.1 that shows the bytes as they are; for
// tests of servers. Failures show as an empty answer.

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

namespace loadgate::test {

class RawHttp {
 public:
  explicit RawHttp(std::uint16_t port) : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    const timeval patience{20, 0};
    ::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    const int yes = 1;
    ::setsockopt(socket_, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    is_connected_ =
        ::connect(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
  }
  RawHttp(const RawHttp&) = delete;
  RawHttp& operator=(const RawHttp&) = delete;
  ~RawHttp() { ::close(socket_); }

  bool is_connected() const { return is_connected_; }

  void send(std::string_view method, std::string_view target, std::string_view body = {}) const {
    std::string text(method);
    text.append(" ").append(target).append(" HTTP/1.1\r\nHost: test\r\n");
    text.append("Content-Length: ").append(std::to_string(body.size())).append("\r\n\r\n");
    text.append(body);
    send_bytes(text);
  }

  void send_bytes(std::string_view text) const {
    while (!text.empty()) {
      const ssize_t sent = ::send(socket_, text.data(), text.size(), MSG_NOSIGNAL);
      if (sent <= 0) return;
      text.remove_prefix(static_cast<std::size_t>(sent));
    }
  }

  // The next whole answer: status line, headers and body.
  std::string receive() {
    while (true) {
      const std::size_t size = size_of_answer();
      if (size > 0 && buffer_.size() >= size) {
        std::string answer = buffer_.substr(0, size);
        buffer_.erase(0, size);
        return answer;
      }
      char bytes[4096];
      const ssize_t count = ::recv(socket_, bytes, sizeof bytes, 0);
      if (count <= 0) return {};
      buffer_.append(bytes, static_cast<std::size_t>(count));
    }
  }

  // All that comes up to `text`, without regard to answers; it and what was before are gone.
  std::string receive_until(std::string_view text) {
    std::size_t found = 0;
    while ((found = buffer_.find(text)) == std::string::npos) {
      // What is over is forgotten, so that long streams stay cheap.
      char bytes[65536];
      const ssize_t count = ::recv(socket_, bytes, sizeof bytes, 0);
      if (count <= 0) return {};
      if (buffer_.size() > kKept) buffer_.erase(0, buffer_.size() - text.size());
      buffer_.append(bytes, static_cast<std::size_t>(count));
    }
    std::string all = buffer_.substr(0, found + text.size());
    buffer_.erase(0, all.size());
    return all;
  }

  // "200 {"id":7}": the status and the body of the answer.
  std::string ask(std::string_view method, std::string_view target, std::string_view body = {}) {
    send(method, target, body);
    const std::string answer = receive();
    if (answer.empty()) return {};
    return answer.substr(9, 4) + answer.substr(answer.find("\r\n\r\n") + 4);
  }

 private:
  static constexpr std::size_t kKept = std::size_t{1} << 20U;

  std::size_t size_of_answer() const {
    const std::size_t end = buffer_.find("\r\n\r\n");
    if (end == std::string::npos) return 0;
    const std::size_t length = buffer_.find("Content-Length: ");
    return end + 4 + std::strtoul(buffer_.c_str() + length + 16, nullptr, 10);
  }

  int socket_;
  bool is_connected_ = false;
  std::string buffer_;
};

}  // namespace loadgate::test
