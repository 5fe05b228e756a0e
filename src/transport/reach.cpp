// The preflight: says before the load what would otherwise fail a thousand times.

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <cassert>
#include <cerrno>
#include <optional>
#include <system_error>
#include <utility>

#include "transport/curl_transport.h"
#include "transport/hello.h"
#include "transport/origin.h"
#include "transport/reach_words.h"
#include "transport/resolve.h"

namespace loadgate::transport {
namespace {

using Complaint = std::optional<std::string>;

Complaint wrong_with_file(std::string_view key, const std::string& path) {
  if (path.empty()) return std::nullopt;
  const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (file < 0) {
    return fmt::format("http.tls.{} {} cannot be read ({}): correct the path", key, path,
                       std::generic_category().message(errno));
  }
  ::close(file);
  return std::nullopt;
}

Complaint wrong_with_way(const plan::Http& http) {
  constexpr std::size_t kLongest = sizeof(sockaddr_un::sun_path) - 1;
  if (http.unix_socket.size() > kLongest) {
    return fmt::format(
        "http.unix_socket {} is longer than the {} bytes that a socket's path may "
        "have: give the socket a shorter one",
        http.unix_socket, kLongest);
  }
  if (!http.proxy.empty() && !origin_of(http.proxy)) {
    return "http.proxy is not an address: write it like http://127.0.0.1:3128";
  }
  return std::nullopt;
}

Complaint wrong_with(const plan::Http& http) {
  if (Complaint complaint = wrong_with_file("ca", http.tls.ca)) return complaint;
  if (Complaint complaint = wrong_with_file("cert", http.tls.cert)) return complaint;
  if (Complaint complaint = wrong_with_file("key", http.tls.key)) return complaint;
  return wrong_with_way(http);
}

Complaint wrong_with_scheme(const std::string& target, plan::Protocol protocol, bool is_https) {
  if (protocol == plan::Protocol::h2 && !is_https) {
    return fmt::format(
        "http.protocol: h2 needs TLS, but target is {}: write https:// there, or set "
        "http.protocol: h2c",
        target);
  }
  if (protocol == plan::Protocol::h2c && is_https) {
    return fmt::format(
        "http.protocol: h2c is without TLS, but target is {}: write http:// there, or "
        "set http.protocol: h2",
        target);
  }
  return std::nullopt;
}

// Whom to connect to, and where the plan says so; nothing where no name is involved.
struct Door {
  Origin origin;
  std::string source;
};

std::optional<Door> door_of(const Attempt& attempt) {
  if (!attempt.http.unix_socket.empty()) return std::nullopt;
  if (attempt.http.proxy.empty()) return Door{attempt.origin, attempt.source()};
  return Door{*origin_of(attempt.http.proxy), "http.proxy"};
}

bool is_known(const Options& options, const Origin& origin) {
  return std::any_of(options.addresses.begin(), options.addresses.end(),
                     [start = origin.place() + ":"](const std::string& entry) {
                       return entry.starts_with(start);
                     });
}

// With the addresses of the door's host in last place, if it has a name that is new.
Result<std::vector<std::string>> addresses_of(const std::optional<Door>& door,
                                              const Options& options, Nanoseconds patience) {
  using Addresses = std::vector<std::string>;
  if (!door || is_address(door->origin.host) || is_known(options, door->origin)) {
    return Addresses();
  }
  return look_up(door->origin.host, door->source, patience);
}

// libcurl tries them in order, so a dead first one would cost each user's first request.
void put_first(const std::string& answered, std::vector<std::string>& addresses) {
  const auto first = std::find(addresses.begin(), addresses.end(), answered);
  if (first != addresses.end()) std::rotate(addresses.begin(), first, first + 1);
}

Hello hello_for(const Attempt& attempt) {
  const bool is_plain = !attempt.origin.is_https && attempt.http.protocol != plan::Protocol::h2c;
  return is_plain ? Hello::handshake : Hello::request;
}

Result<Attempt> attempt_at(const std::string& url, bool is_target, const plan::Http& http,
                           Nanoseconds patience) {
  const std::optional<Origin> origin = origin_of(url);
  if (!origin) {
    return failure(fmt::format("{} {} is not an address: write it like http://127.0.0.1:8000",
                               is_target ? "target" : "the request's URL", url));
  }
  const Complaint wrong =
      is_target ? wrong_with_scheme(url, http.protocol, origin->is_https) : std::nullopt;
  if (wrong) return failure(*wrong);
  return Attempt{http, *origin, is_target, patience};
}

Result<Options> reach_one(const std::string& url, const Attempt& attempt, Options options) {
  const SteadyClock clock;
  const TimePoint end = clock.now() + attempt.patience;
  const std::optional<Door> door = door_of(attempt);
  Result<std::vector<std::string>> addresses = addresses_of(door, options, attempt.patience);
  if (!addresses) return failure(addresses.error());
  if (!addresses->empty()) options.addresses.push_back(entry_of(door->origin, *addresses));

  const Answer answer = say_hello(url, options, hello_for(attempt), end - clock.now());
  if (const Complaint complaint = complaint_about(attempt, answer)) return failure(*complaint);
  if (addresses->empty()) return options;
  put_first(answer.address, *addresses);
  options.addresses.back() = entry_of(door->origin, *addresses);
  return options;
}

}  // namespace

Result<Options> reach(const std::string& target, Options options, Nanoseconds patience) {
  return reach_all({target}, std::move(options), patience);
}

Result<Options> reach_all(const std::vector<std::string>& origins, Options options,
                          Nanoseconds patience) {
  assert(!origins.empty());
  if (const Complaint wrong = wrong_with(options.http)) return failure(*wrong);
  const plan::Http http = options.http;
  bool is_target = true;
  for (const std::string& origin : origins) {
    const Result<Attempt> attempt = attempt_at(origin, is_target, http, patience);
    if (!attempt) return failure(attempt.error());
    Result<Options> reached = reach_one(origin, *attempt, std::move(options));
    if (!reached) return failure(reached.error());
    options = std::move(*reached);
    is_target = false;
  }
  return options;
}

}  // namespace loadgate::transport
