#include "transport/curl_outcome.h"

#include <fmt/format.h>

#include <cerrno>
#include <cstring>

namespace loadgate::transport {
namespace {

bool is_exhaustion(int system_error) {
  return system_error == EMFILE || system_error == ENFILE || system_error == EADDRNOTAVAIL;
}

// libcurl reports a malformed chunk with the code of a broken connection.
bool is_about_chunks(std::string_view words) {
  return words.find("chunk") != std::string_view::npos;
}

// With TLS 1.3 a server refuses a client's certificate only after the handshake.
bool is_alert(std::string_view words) {
  return words.find("SSL") != std::string_view::npos &&
         words.find(" alert ") != std::string_view::npos;
}

bool is_about_tunnel(std::string_view words) { return words.starts_with("CONNECT tunnel failed"); }

Outcome outcome_of_break(std::string_view words) {
  if (is_alert(words)) return Outcome::tls;
  if (is_about_tunnel(words)) return Outcome::could_not_connect;
  return is_about_chunks(words) ? Outcome::protocol : Outcome::connection_lost;
}

}  // namespace

Outcome outcome_of(CURLcode code, int system_error, std::string_view words) {
  switch (code) {
    case CURLE_OK:
      return Outcome::ok;
    case CURLE_COULDNT_RESOLVE_HOST:
    case CURLE_COULDNT_RESOLVE_PROXY:
      return Outcome::could_not_resolve;
    case CURLE_COULDNT_CONNECT:
    case CURLE_INTERFACE_FAILED:
    case CURLE_PROXY:
      return is_exhaustion(system_error) ? Outcome::out_of_descriptors : Outcome::could_not_connect;
    case CURLE_OPERATION_TIMEDOUT:
      return Outcome::timed_out;
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_SSL_CERTPROBLEM:
    case CURLE_SSL_CIPHER:
    case CURLE_SSL_CACERT_BADFILE:
    case CURLE_SSL_ENGINE_INITFAILED:
    case CURLE_SSL_ISSUER_ERROR:
    case CURLE_PEER_FAILED_VERIFICATION:
      return Outcome::tls;
    case CURLE_GOT_NOTHING:
    case CURLE_PARTIAL_FILE:
    case CURLE_HTTP2_STREAM:  // The server ended it before the answer was whole.
      return Outcome::connection_lost;
    case CURLE_SEND_ERROR:
    case CURLE_RECV_ERROR:
      return outcome_of_break(words);
    default:
      return Outcome::protocol;
  }
}

std::string detail_of(CURLcode code, int system_error, std::string_view words) {
  if (code == CURLE_OK) return {};
  if (outcome_of(code, system_error, words) == Outcome::out_of_descriptors) {
    return fmt::format("could not open a connection: {}", std::strerror(system_error));
  }
  return words.empty() ? curl_easy_strerror(code) : std::string(words);
}

}  // namespace loadgate::transport
