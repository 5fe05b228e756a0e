#include "server/endpoint.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <charconv>
#include <cstring>

namespace loadgate::server {
namespace {

std::optional<std::uint16_t> parse_port(std::string_view digits) {
  std::uint16_t port = 0;
  const char* end = digits.data() + digits.size();
  const auto read = std::from_chars(digits.data(), end, port);
  if (digits.empty() || read.ec != std::errc() || read.ptr != end) return std::nullopt;
  return port;
}

struct Address {
  sockaddr_storage bytes{};
  socklen_t size = 0;  // 0: no address.
};

Address address_of(const Endpoint& endpoint) {
  Address address;
  auto* v4 = reinterpret_cast<sockaddr_in*>(&address.bytes);
  if (::inet_pton(AF_INET, endpoint.host.c_str(), &v4->sin_addr) == 1) {
    v4->sin_family = AF_INET;
    v4->sin_port = htons(endpoint.port);
    address.size = sizeof *v4;
    return address;
  }
  auto* v6 = reinterpret_cast<sockaddr_in6*>(&address.bytes);
  if (::inet_pton(AF_INET6, endpoint.host.c_str(), &v6->sin6_addr) == 1) {
    v6->sin6_family = AF_INET6;
    v6->sin6_port = htons(endpoint.port);
    address.size = sizeof *v6;
  }
  return address;
}

bool is_address(const Endpoint& endpoint) { return address_of(endpoint).size != 0; }

// Host and port as the word divides them; without a colon it is one of the two.
std::optional<Endpoint> divided(std::string_view word, const Endpoint& otherwise) {
  const bool is_bracketed = word.starts_with('[');
  const std::size_t host_end = is_bracketed ? word.find(']') : word.find(':');
  if (host_end == std::string_view::npos) {
    if (is_bracketed) return std::nullopt;
    if (const auto port = parse_port(word)) return Endpoint{otherwise.host, *port};
    return Endpoint{std::string(word), otherwise.port};
  }
  // More than one colon without brackets: all of it is an IPv6 address.
  if (!is_bracketed && word.rfind(':') != host_end) {
    return Endpoint{std::string(word), otherwise.port};
  }
  const std::size_t skip = is_bracketed ? 1 : 0;
  const std::string_view host = word.substr(skip, host_end - skip);
  const std::string_view rest = word.substr(host_end + skip);
  Endpoint endpoint{host.empty() ? otherwise.host : std::string(host), otherwise.port};
  if (rest.empty()) return endpoint;
  const auto port = rest.starts_with(':') ? parse_port(rest.substr(1)) : std::nullopt;
  if (!port) return std::nullopt;
  endpoint.port = *port;
  return endpoint;
}

}  // namespace

bool Endpoint::is_loopback() const {
  const Address address = address_of(*this);
  if (address.bytes.ss_family == AF_INET) {
    const auto* v4 = reinterpret_cast<const sockaddr_in*>(&address.bytes);
    return ntohl(v4->sin_addr.s_addr) >> 24U == IN_LOOPBACKNET;
  }
  const auto* v6 = reinterpret_cast<const sockaddr_in6*>(&address.bytes);
  return address.size != 0 && IN6_IS_ADDR_LOOPBACK(&v6->sin6_addr);
}

std::string Endpoint::text() const {
  const bool is_v6 = host.find(':') != std::string::npos;
  return (is_v6 ? "[" + host + "]" : host) + ":" + std::to_string(port);
}

std::optional<Endpoint> parse_endpoint(std::string_view word, const Endpoint& otherwise) {
  if (word.empty()) return std::nullopt;
  std::optional<Endpoint> endpoint = divided(word, otherwise);
  if (!endpoint) return std::nullopt;
  if (endpoint->host == "localhost") endpoint->host = "127.0.0.1";
  return is_address(*endpoint) ? endpoint : std::nullopt;
}

Result<int> listen_on(const Endpoint& endpoint) {
  const Address address = address_of(endpoint);
  if (address.size == 0) return failure(endpoint.host + " is no IP address");
  const int listener =
      ::socket(address.bytes.ss_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  if (listener < 0) return failure(std::strerror(errno));
  const int yes = 1;
  ::setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
  if (::bind(listener, reinterpret_cast<const sockaddr*>(&address.bytes), address.size) == 0 &&
      ::listen(listener, SOMAXCONN) == 0) {
    return listener;
  }
  const int reason = errno;
  ::close(listener);
  return failure(std::strerror(reason));
}

std::uint16_t port_of(int listener) {
  sockaddr_storage bytes{};
  socklen_t size = sizeof bytes;
  ::getsockname(listener, reinterpret_cast<sockaddr*>(&bytes), &size);
  if (bytes.ss_family == AF_INET6) {
    return ntohs(reinterpret_cast<const sockaddr_in6*>(&bytes)->sin6_port);
  }
  return ntohs(reinterpret_cast<const sockaddr_in*>(&bytes)->sin_port);
}

}  // namespace loadgate::server
