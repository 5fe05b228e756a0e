#include "transport/reach_words.h"

#include <fmt/format.h>

#include <cerrno>
#include <string_view>
#include <system_error>

#include "base/units.h"
#include "transport/curl_outcome.h"

namespace loadgate::transport {
namespace {

constexpr int kBadRequest = 400;

bool has(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

std::string reason_of(int system_error) { return std::generic_category().message(system_error); }

std::string no_unix_socket(const plan::Http& http, const Answer& answer) {
  switch (answer.system_error) {
    case ENOENT:
      return fmt::format(
          "there is no unix socket {}: start the service, or correct http.unix_socket",
          http.unix_socket);
    case ECONNREFUSED:
      return fmt::format(
          "nothing listens on the unix socket {} (connection refused): start the service, or "
          "correct http.unix_socket",
          http.unix_socket);
    case 0:
      return fmt::format("the unix socket {} cannot be reached ({}): correct http.unix_socket",
                         http.unix_socket, answer.words);
    default:
      return fmt::format(
          "the unix socket {} cannot be reached ({}): check who may use it, or correct "
          "http.unix_socket",
          http.unix_socket, reason_of(answer.system_error));
  }
}

std::string no_proxy(const Attempt& attempt, const Answer& answer) {
  const std::string place = origin_of(attempt.http.proxy)->place();
  if (answer.system_error == ECONNREFUSED) {
    return fmt::format(
        "no proxy listens on {} (connection refused): start the proxy, or correct http.proxy",
        place);
  }
  if (answer.system_error != 0) {
    return fmt::format(
        "the proxy {} cannot be reached ({}): check the network, or correct http.proxy", place,
        reason_of(answer.system_error));
  }
  return fmt::format(
      "the proxy {} does not lead to {} ({}): start the service, or correct {} or http.proxy",
      place, attempt.origin.place(), answer.words, attempt.source());
}

std::string could_not_connect(const Attempt& attempt, const Answer& answer) {
  if (!attempt.http.unix_socket.empty()) return no_unix_socket(attempt.http, answer);
  if (!attempt.http.proxy.empty()) return no_proxy(attempt, answer);
  if (answer.system_error == ECONNREFUSED) {
    return fmt::format(
        "nothing listens on {} (connection refused): start the service, or correct {}",
        attempt.origin.place(), attempt.source());
  }
  return fmt::format("{} cannot be reached ({}): check the network, or correct {}",
                     attempt.origin.place(), reason_of(answer.system_error), attempt.source());
}

std::string timed_out(const Attempt& attempt) {
  const std::string way =
      attempt.http.proxy.empty()
          ? ""
          : fmt::format(" through the proxy {}", origin_of(attempt.http.proxy)->place());
  return fmt::format(
      "{} does not answer{} within {}: check that the service runs and that no firewall is in the "
      "way, or correct {}",
      attempt.origin.place(), way, format_duration(attempt.patience), attempt.source());
}

std::string not_trusted(const Attempt& attempt, const Answer& answer) {
  if (has(answer.words, "subject name")) {
    return fmt::format(
        "the certificate of {} is made out to other names ({}): correct {}, or set "
        "http.tls.verify: false",
        attempt.origin.place(), answer.words, attempt.source());
  }
  return fmt::format(
      "the certificate of {} is not trusted ({}): name the file of its CA in http.tls.ca, or set "
      "http.tls.verify: false",
      attempt.origin.place(), answer.words);
}

std::string no_trusted_file(const plan::Tls& tls, const Answer& answer) {
  if (!tls.ca.empty()) {
    return fmt::format(
        "http.tls.ca {} holds no certificates that can be read ({}): write them as PEM", tls.ca,
        answer.words);
  }
  return fmt::format(
      "the file of trusted certificates cannot be read ({}): install ca-certificates, or set "
      "SSL_CERT_FILE",
      answer.words);
}

std::string bad_identity(const plan::Tls& tls, const Answer& answer) {
  if (has(answer.words, "private key")) {
    return fmt::format(
        "http.tls.key {} does not fit http.tls.cert {} ({}): the key must be the certificate's, in "
        "PEM and not encrypted",
        tls.key, tls.cert, answer.words);
  }
  return fmt::format("http.tls.cert {} holds no certificate that can be read ({}): write it as PEM",
                     tls.cert, answer.words);
}

std::string wants_certificate(const Attempt& attempt, std::string_view words) {
  return fmt::format(
      "{} requires a client certificate ({}): name its files in http.tls.cert and http.tls.key",
      attempt.origin.place(), words);
}

std::string refuses_certificate(const Attempt& attempt, std::string_view words) {
  return fmt::format(
      "{} refuses the client certificate {} ({}): set http.tls.cert and http.tls.key to one that "
      "its CA has signed and that has not run out",
      attempt.origin.place(), attempt.http.tls.cert, words);
}

// An alert is what the server has against us.
std::string alerted(const Attempt& attempt, const Answer& answer) {
  const bool has_certificate = !attempt.http.tls.cert.empty();
  if (has(answer.words, "certificate required")) return wants_certificate(attempt, answer.words);
  if (has(answer.words, "handshake failure") && !has_certificate) {
    return fmt::format(
        "{} refuses the TLS handshake ({}): if it requires a client certificate, name its files in "
        "http.tls.cert and http.tls.key",
        attempt.origin.place(), answer.words);
  }
  if (has_certificate) return refuses_certificate(attempt, answer.words);
  return fmt::format("{} refuses the TLS handshake ({}): check the service's TLS settings",
                     attempt.origin.place(), answer.words);
}

std::string no_tls(const Attempt& attempt, const Answer& answer) {
  switch (answer.code) {
    case CURLE_SSL_CACERT_BADFILE:
      return no_trusted_file(attempt.http.tls, answer);
    case CURLE_PEER_FAILED_VERIFICATION:
      return not_trusted(attempt, answer);
    case CURLE_SSL_CERTPROBLEM:
      return bad_identity(attempt.http.tls, answer);
    default:
      break;
  }
  if (has(answer.words, " alert ")) return alerted(attempt, answer);
  return fmt::format(
      "{} does not shake hands for TLS ({}): write http:// in {} if it speaks plain HTTP",
      attempt.origin.place(), answer.words, attempt.source());
}

std::string no_http2(const Attempt& attempt, const Answer& answer) {
  if (attempt.http.protocol == plan::Protocol::h2) {
    return fmt::format(
        "{} does not offer HTTP/2 over TLS: switch it on there, or set http.protocol: h1",
        attempt.origin.place());
  }
  return fmt::format(
      "{} does not speak HTTP/2 without TLS ({}): switch it on there, or set http.protocol: h1",
      attempt.origin.place(), answer.words.empty() ? "it answers in HTTP/1" : answer.words);
}

std::string not_reached(const Attempt& attempt, const Answer& answer) {
  switch (outcome_of(answer.code, answer.system_error, answer.words)) {
    case Outcome::could_not_connect:
      return could_not_connect(attempt, answer);
    case Outcome::timed_out:
      return timed_out(attempt);
    case Outcome::tls:
    case Outcome::connection_lost:
      if (attempt.origin.is_https) return no_tls(attempt, answer);
      [[fallthrough]];
    default:
      return fmt::format("connecting to {}: {}", attempt.origin.place(), answer.words);
  }
}

// nginx shakes hands with everyone and says in an answer whom it would not have.
std::optional<std::string> refused_by_page(const Attempt& attempt, const Answer& answer) {
  if (!attempt.origin.is_https || answer.status != kBadRequest) return std::nullopt;
  constexpr std::string_view kRequired = "No required SSL certificate was sent";
  constexpr std::string_view kRefused = "The SSL certificate error";
  if (has(answer.body, kRequired)) return wants_certificate(attempt, kRequired);
  if (has(answer.body, kRefused)) return refuses_certificate(attempt, kRefused);
  return std::nullopt;
}

// Whether the wrong protocol is spoken; what fails later is for the run to show.
bool speaks_otherwise(const Attempt& attempt, const Answer& answer) {
  if (answer.is_http2 || answer.code == CURLE_OPERATION_TIMEDOUT) return false;
  switch (attempt.http.protocol) {
    case plan::Protocol::h2:
      return attempt.is_target && answer.status != 0;
    case plan::Protocol::h2c:
      return !attempt.origin.is_https;
    case plan::Protocol::h1:
      break;
  }
  return false;
}

}  // namespace

std::optional<std::string> complaint_about(const Attempt& attempt, const Answer& answer) {
  const bool is_ok = answer.code == CURLE_OK;
  if (!is_ok && !answer.is_connected) return not_reached(attempt, answer);
  const Outcome outcome = outcome_of(answer.code, answer.system_error, answer.words);
  if (outcome == Outcome::tls) return no_tls(attempt, answer);
  if (std::optional<std::string> refused = refused_by_page(attempt, answer)) return refused;
  if (speaks_otherwise(attempt, answer)) return no_http2(attempt, answer);
  return std::nullopt;
}

}  // namespace loadgate::transport
