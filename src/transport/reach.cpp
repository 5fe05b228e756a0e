// The preflight: says before the load what would otherwise fail a thousand times.

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <memory>
#include <system_error>

#include "base/units.h"
#include "transport/curl_outcome.h"
#include "transport/curl_setup.h"
#include "transport/curl_transport.h"
#include "transport/resolve.h"

namespace loadgate::transport {
namespace {

struct Origin {
  std::string host;
  std::string port;
  bool is_https = false;
  std::string place() const { return host + ":" + port; }
};

struct FreeUrl {
  void operator()(CURLU* url) const { curl_url_cleanup(url); }
};

std::string part_of(CURLU* url, CURLUPart part) {
  char* text = nullptr;
  if (curl_url_get(url, part, &text, CURLU_DEFAULT_PORT) != CURLUE_OK) return {};
  std::string copy(text);
  curl_free(text);
  return copy;
}

Result<Origin> origin_of(const std::string& target) {
  const std::unique_ptr<CURLU, FreeUrl> url(curl_url());
  const CURLUcode code = curl_url_set(url.get(), CURLUPART_URL, target.c_str(), 0);
  const std::string scheme = code == CURLUE_OK ? part_of(url.get(), CURLUPART_SCHEME) : "";
  if (scheme != "http" && scheme != "https") {
    return failure(
        fmt::format("target {} is not an address: write it like http://127.0.0.1:8000", target));
  }
  return Origin{.host = part_of(url.get(), CURLUPART_HOST),
                .port = part_of(url.get(), CURLUPART_PORT),
                .is_https = scheme == "https"};
}

// An entry as CURLOPT_RESOLVE wants it.
std::string entry_of(const Origin& origin, const std::vector<std::string>& addresses) {
  std::string entry = origin.place();
  char separator = ':';
  for (const std::string& address : addresses) {
    const bool is_ipv6 = address.find(':') != std::string::npos;
    entry += separator + (is_ipv6 ? "[" + address + "]" : address);
    separator = ',';
  }
  return entry;
}

std::string could_not_connect(const Origin& origin, int system_error) {
  if (system_error == ECONNREFUSED) {
    return fmt::format(
        "nothing listens on {} (connection refused): start the service, or correct target",
        origin.place());
  }
  return fmt::format("{} cannot be reached ({}): check the network, or correct target",
                     origin.place(), std::generic_category().message(system_error));
}

std::string no_tls(const Origin& origin, CURLcode code, const std::string& words) {
  if (code == CURLE_SSL_CACERT_BADFILE) {
    return fmt::format(
        "the file of trusted certificates cannot be read ({}): install ca-certificates, or set "
        "SSL_CERT_FILE",
        words);
  }
  if (code == CURLE_PEER_FAILED_VERIFICATION) {
    return fmt::format(
        "the certificate of {} is not trusted ({}): set http.tls.verify: false for a self-signed "
        "one",
        origin.place(), words);
  }
  return fmt::format(
      "{} does not shake hands for TLS ({}): write http:// in target if it speaks plain HTTP",
      origin.place(), words);
}

std::string sentence_for(const Origin& origin, CURLcode code, int system_error,
                         const std::string& words, Nanoseconds patience) {
  switch (outcome_of(code, system_error, words)) {
    case Outcome::could_not_connect:
      return could_not_connect(origin, system_error);
    case Outcome::timed_out:
      return fmt::format(
          "{} does not answer within {}: check that the service runs and that no firewall is in "
          "the way, or correct target",
          origin.place(), format_duration(patience));
    case Outcome::tls:
    case Outcome::connection_lost:
      if (origin.is_https) return no_tls(origin, code, words);
      [[fallthrough]];
    default:
      return fmt::format("connecting to {}: {}", origin.place(), words);
  }
}

// Returns the address that answered.
Result<std::string> connect(const std::string& target, const Origin& origin, const Options& options,
                            Nanoseconds patience, Nanoseconds left) {
  const StringList addresses = make_list(options.addresses);
  const Easy easy = make_easy(options);
  std::array<char, CURL_ERROR_SIZE> words{};
  set(easy.get(), CURLOPT_ERRORBUFFER, words.data());
  set(easy.get(), CURLOPT_URL, target.c_str());
  set(easy.get(), CURLOPT_RESOLVE, addresses.get());
  set(easy.get(), CURLOPT_CONNECT_ONLY, 1L);
  const auto limit = std::chrono::ceil<std::chrono::milliseconds>(left).count();
  set(easy.get(), CURLOPT_TIMEOUT_MS, std::max<long>(limit, 1));

  const CURLcode code = curl_easy_perform(easy.get());
  if (code == CURLE_OK) {
    const char* address = nullptr;
    curl_easy_getinfo(easy.get(), CURLINFO_PRIMARY_IP, &address);
    return std::string(address);
  }
  long system_error = 0;
  curl_easy_getinfo(easy.get(), CURLINFO_OS_ERRNO, &system_error);
  const int reason = static_cast<int>(system_error);
  return failure(
      sentence_for(origin, code, reason, detail_of(code, reason, words.data()), patience));
}

}  // namespace

Result<Options> reach(const std::string& target, Options options, Nanoseconds patience) {
  const SteadyClock clock;
  const TimePoint end = clock.now() + patience;
  const Result<Origin> origin = origin_of(target);
  if (!origin) return failure(origin.error());

  std::vector<std::string> addresses;
  if (!is_address(origin->host)) {
    Result<std::vector<std::string>> found = look_up(origin->host, patience);
    if (!found) return failure(found.error());
    addresses = std::move(*found);
    options.addresses = {entry_of(*origin, addresses)};
  }
  const Result<std::string> answered =
      connect(target, *origin, options, patience, end - clock.now());
  if (!answered) return failure(answered.error());
  if (addresses.empty()) return options;

  // libcurl tries them in order, so a dead first one would cost each user's first request.
  const auto first = std::find(addresses.begin(), addresses.end(), *answered);
  if (first != addresses.end()) std::rotate(addresses.begin(), first, first + 1);
  options.addresses = {entry_of(*origin, addresses)};
  return options;
}

}  // namespace loadgate::transport
