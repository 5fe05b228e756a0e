// HTTP/2: what libcurl does not do by itself, or not in the version of Debian 12.

#include <utility>

#include "transport/curl_channel.h"

namespace loadgate::transport {
namespace {

// libcurl 7.88, as in Debian 12, puts HTTP/2 on top of the HTTP/2 that a kept connection
// without TLS speaks already, and fails (curl pull request 10643, in 8.0.0). There it must
// not be told about prior knowledge when it finds a kept connection.
bool switches_twice() {
  static const unsigned version = curl_version_info(CURLVERSION_NOW)->version_num;
  return version >= 0x075800 && version < 0x080000;
}

// What may be sent before the server asks for more (RFC 9113, 6.5.2).
constexpr std::size_t kFirstWindow = 65'535;

bool is_break(CURLcode code) {
  return code == CURLE_HTTP2 || code == CURLE_RECV_ERROR || code == CURLE_SEND_ERROR ||
         code == CURLE_GOT_NOTHING;
}

}  // namespace

// libcurl sends again by itself where a kept HTTP/1.1 connection turns out to be dead, but
// not where a server says GOAWAY to a connection at the moment it is used. `expects_kept_`
// failed because there was none.
bool CurlChannel::begins_again(CURLcode code) {
  const bool is_kept = opened_ == 0 && head_bytes_ == 0;
  if (loop_.http.protocol == plan::Protocol::h1 || is_second_try_ || !is_kept) return false;
  const bool is_missing = expects_kept_ && code == CURLE_COULDNT_CONNECT;
  if (!is_missing && !is_break(code)) return false;

  const TimePoint now = loop_.clock.now();
  const Nanoseconds left = exchange_->timeout - (now - exchange_->moments.sent);
  if (left <= Nanoseconds::zero()) return false;
  if (!is_missing) kept_died_ = true;
  is_second_try_ = wants_fresh_ = true;
  tried_ = now;
  sent_again_in_ = loop_.turn;
  set_timeout(left);
  expect_kept_connection(false);
  set(easy(), CURLOPT_FRESH_CONNECT, 1L);
  return true;
}

void CurlChannel::return_to_kept_connections() {
  const bool keeps = loop_.http.connections == plan::Connections::per_user;
  if (std::exchange(wants_fresh_, false) && keeps) set(easy(), CURLOPT_FRESH_CONNECT, 0L);
  if (loop_.http.protocol == plan::Protocol::h2c && switches_twice()) {
    expect_kept_connection(keeps && was_answered_);
  }
}

// Whoever expects one and is wrong fails at open_socket(), and begins again.
void CurlChannel::expect_kept_connection(bool is_expected) {
  if (is_expected == expects_kept_) return;
  expects_kept_ = is_expected;
  // As for TLS: HTTP/2 where it is there already, and no offer to upgrade.
  const long version = is_expected ? CURL_HTTP_VERSION_2TLS : CURL_HTTP_VERSION_2_PRIOR_KNOWLEDGE;
  set(easy(), CURLOPT_HTTP_VERSION, version);
}

// A server may answer before it has read the whole body and read no more of it. With HTTP/2
// libcurl 7.88 waits until the time is up then for the window to send the rest in. The
// answer counts once it is whole; nothing is done where that cannot be told, or where a
// redirect is to be followed.
bool CurlChannel::gives_up_upload() {
  const bool fits_window = exchange_->body.size() < kFirstWindow;
  if (loop_.http.protocol == plan::Protocol::h1 || !exchange_->has_body || fits_window) {
    return false;
  }
  const bool may_go_on = loop_.http.redirects > 0 || loop_.http.compression;
  if (may_go_on || ask<long>(easy(), CURLINFO_RESPONSE_CODE) < 200) return false;
  const auto length = ask<curl_off_t>(easy(), CURLINFO_CONTENT_LENGTH_DOWNLOAD_T);
  const bool is_whole =
      length >= 0 && exchange_->response.body_size >= static_cast<std::uint64_t>(length);
  is_upload_given_up_ = is_whole && uploaded() < exchange_->body.size();
  return is_upload_given_up_;
}

// A redirect would go on over the connection that was opened with prior knowledge.
void CurlChannel::keep_from_switching_twice(bool is_redirected) {
  const bool keeps = loop_.http.connections == plan::Connections::per_user;
  if (!keeps || loop_.http.protocol != plan::Protocol::h2c || !switches_twice()) return;
  if (expects_kept_) return;
  set(easy(), CURLOPT_FORBID_REUSE, is_redirected ? 1L : 0L);
}

}  // namespace loadgate::transport
