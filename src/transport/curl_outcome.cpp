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
    case CURLE_SEND_ERROR:
    case CURLE_PARTIAL_FILE:
      return Outcome::connection_lost;
    case CURLE_RECV_ERROR:
      return is_about_chunks(words) ? Outcome::protocol : Outcome::connection_lost;
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
