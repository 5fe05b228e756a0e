#include "transport/curl_outcome.h"

#include <gtest/gtest.h>

#include <cerrno>
#include <vector>

namespace loadgate::transport {
namespace {

TEST(CurlOutcome, EachFailureOfLibcurlHasAnOutcome) {
  struct Case {
    CURLcode code;
    int system_error;
    Outcome outcome;
  };
  const std::vector<Case> cases{
      {CURLE_OK, 0, Outcome::ok},
      {CURLE_COULDNT_RESOLVE_HOST, 0, Outcome::could_not_resolve},
      {CURLE_COULDNT_CONNECT, ECONNREFUSED, Outcome::could_not_connect},
      {CURLE_COULDNT_CONNECT, EMFILE, Outcome::out_of_descriptors},
      {CURLE_COULDNT_CONNECT, ENFILE, Outcome::out_of_descriptors},
      {CURLE_COULDNT_CONNECT, EADDRNOTAVAIL, Outcome::out_of_descriptors},
      {CURLE_OPERATION_TIMEDOUT, 0, Outcome::timed_out},
      {CURLE_SSL_CONNECT_ERROR, 0, Outcome::tls},
      {CURLE_PEER_FAILED_VERIFICATION, 0, Outcome::tls},
      {CURLE_GOT_NOTHING, 0, Outcome::connection_lost},
      {CURLE_SEND_ERROR, EPIPE, Outcome::connection_lost},
      {CURLE_RECV_ERROR, ECONNRESET, Outcome::connection_lost},
      {CURLE_PARTIAL_FILE, 0, Outcome::connection_lost},
      {CURLE_HTTP2_STREAM, 0, Outcome::connection_lost},
      {CURLE_HTTP2, 0, Outcome::protocol},
      {CURLE_TOO_MANY_REDIRECTS, 0, Outcome::protocol},
      {CURLE_BAD_CONTENT_ENCODING, 0, Outcome::protocol},
      {CURLE_WEIRD_SERVER_REPLY, 0, Outcome::protocol},
      {CURLE_UNSUPPORTED_PROTOCOL, 0, Outcome::protocol},
      {CURLE_URL_MALFORMAT, 0, Outcome::protocol},
  };
  for (const Case& each : cases) {
    EXPECT_EQ(outcome_of(each.code, each.system_error, ""), each.outcome)
        << curl_easy_strerror(each.code);
  }
}

TEST(CurlOutcome, AMalformedChunkIsAFaultOfProtocol) {
  const std::string words = "Illegal or missing hexadecimal sequence in chunked-encoding";
  EXPECT_EQ(outcome_of(CURLE_RECV_ERROR, 0, words), Outcome::protocol);
}

TEST(CurlOutcome, AnAlertBehindTheHandshakeIsAFaultOfTls) {
  const std::string words =
      "OpenSSL SSL_read: error:0A00045C:SSL routines::tlsv13 alert certificate required, errno 0";
  EXPECT_EQ(outcome_of(CURLE_RECV_ERROR, 0, words), Outcome::tls);
  EXPECT_EQ(outcome_of(CURLE_RECV_ERROR, 0,
                       "OpenSSL SSL_read: error:0A000126:SSL routines::unexpected eof while "
                       "reading, errno 0"),
            Outcome::connection_lost);
}

TEST(CurlOutcome, AProxyThatOpensNoTunnelCouldNotConnect) {
  EXPECT_EQ(outcome_of(CURLE_RECV_ERROR, 0, "CONNECT tunnel failed, response 502"),
            Outcome::could_not_connect);
}

TEST(CurlOutcome, TheDetailIsWhateverSaysMost) {
  EXPECT_EQ(detail_of(CURLE_OK, 0, ""), "");
  EXPECT_EQ(detail_of(CURLE_RECV_ERROR, ECONNRESET, "Recv failure: Connection reset by peer"),
            "Recv failure: Connection reset by peer");
  EXPECT_EQ(detail_of(CURLE_GOT_NOTHING, 0, ""), "Server returned nothing (no headers, no data)");
  EXPECT_EQ(detail_of(CURLE_COULDNT_CONNECT, EADDRNOTAVAIL, "Couldn't connect to server"),
            "could not open a connection: Cannot assign requested address");
}

}  // namespace
}  // namespace loadgate::transport
