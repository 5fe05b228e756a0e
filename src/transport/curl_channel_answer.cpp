// What comes back for an exchange: the half of CurlChannel after the request went out.

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "base/text.h"
#include "base/units.h"
#include "transport/curl_channel.h"
#include "transport/curl_outcome.h"

namespace loadgate::transport {
namespace {

// libcurl sends smaller bodies together with the head, and then counts them as head.
constexpr std::size_t kSmallestBodySentApart = 65'536;

constexpr std::string_view kSetCookie = "Set-Cookie:";

bool is_cookie(std::string_view line) {
  const bool may_be = line.size() > kSetCookie.size() && (line[0] == 'S' || line[0] == 's');
  return may_be && lower(line.substr(0, kSetCookie.size())) == "set-cookie:";
}

bool is_redirect(long status) { return status >= 300 && status < 400; }

}  // namespace

// Called with one line at a time. A new status line after the end of a head means that
// the one before was interim; other lines there are trailers.
std::size_t CurlChannel::receive_head(char* data, std::size_t, std::size_t size, void* self) {
  auto& channel = *static_cast<CurlChannel*>(self);
  const std::string_view line(data, size);
  Response& response = channel.exchange_->response;
  if (channel.head_bytes_ == 0) channel.note_first_byte();
  channel.head_bytes_ += size;
  if (channel.head_ended_) {
    if (!line.starts_with("HTTP/")) return size;
    channel.head_ended_ = false;
    response.head.clear();
  }
  response.head += line;
  if (is_cookie(line)) response.cookies.append(kSetCookie).append(line.substr(kSetCookie.size()));
  channel.head_ended_ = line == "\r\n" || line == "\n";
  if (!channel.head_ended_) return size;
  if (channel.loop_.http.redirects > 0) channel.prepare_redirect();
  return channel.gives_up_upload() ? CURL_WRITEFUNC_ERROR : size;
}

// What libcurl knows about the way is of the first request now; later it adds up the
// times of all requests that redirects lead to.
void CurlChannel::note_first_byte() {
  fill_way();
  exchange_->moments.first_byte = loop_.turn;
}

// Called at the end of each head.
void CurlChannel::prepare_redirect() {
  const auto status = ask<long>(easy(), CURLINFO_RESPONSE_CODE);
  keep_from_switching_twice(is_redirect(status));
  if (!is_redirect(status)) return;
  sent_again_in_ = loop_.turn;
  if (is_body_sent_apart()) redirected_upload_ += uploaded();
  // libcurl would repeat the method it was told. Browsers and the other load generators
  // go on with GET, save for 307 and 308.
  const bool keeps_method = status > 303 || exchange_->method == plan::Method::head;
  if (keeps_method || exchange_->method == plan::Method::get) return;
  set(easy(), CURLOPT_CUSTOMREQUEST, static_cast<const char*>(nullptr));
  method_.reset();
}

std::size_t CurlChannel::receive_body(char* data, std::size_t, std::size_t size, void* self) {
  auto& channel = *static_cast<CurlChannel*>(self);
  const Exchange& exchange = *channel.exchange_;
  channel.exchange_->response.body_size += size;
  const bool is_too_much =
      exchange.keep == Keep::whole && exchange.response.body_size > kLargestBody;
  if (is_too_much) return CURL_WRITEFUNC_ERROR;
  channel.keep({data, size});
  return channel.gives_up_upload() ? CURL_WRITEFUNC_ERROR : size;
}

void CurlChannel::keep(std::string_view body) {
  std::string& kept = exchange_->response.body;
  if (exchange_->keep == Keep::beginning) body = body.substr(0, kKeptBytes - kept.size());
  kept += body;
}

void CurlChannel::now_awaits_answer() {
  if (is_in_flight() && head_bytes_ == 0) exchange_->moments.written = loop_.clock.now();
}

Exchange& CurlChannel::end(CURLcode code) {
  if (is_upload_given_up_) code = CURLE_OK;
  was_answered_ = code == CURLE_OK;
  exchange_->reconnected = kept_died_ && opened_ > 0;
  exchange_->response.status = static_cast<int>(ask<long>(easy(), CURLINFO_RESPONSE_CODE));
  if (code != CURLE_OK) fill_failure(code);
  fill_sizes();
  fill_moments(end_of_answer());
  return release();
}

Exchange& CurlChannel::end_cancelled(TimePoint now) {
  exchange_->outcome = Outcome::cancelled;
  exchange_->detail = "cancelled";
  fill_sizes();
  fill_moments(now);
  return release();
}

Exchange& CurlChannel::release() {
  exchange_->in_flight_on = nullptr;
  return *std::exchange(exchange_, nullptr);
}

void CurlChannel::fill_failure(CURLcode code) {
  const int system_error =
      socket_error_ != 0 ? socket_error_ : static_cast<int>(ask<long>(easy(), CURLINFO_OS_ERRNO));
  const std::string_view words = words_.data();
  exchange_->outcome = outcome_of(code, system_error, words);
  exchange_->detail = detail_for(code, system_error);
}

std::string CurlChannel::detail_for(CURLcode code, int system_error) const {
  const Response& response = exchange_->response;
  if (code == CURLE_WRITE_ERROR && response.body_size > kLargestBody) {
    return fmt::format("the body is larger than {}, more than a capture may read",
                       format_size(kLargestBody));
  }
  if (code == CURLE_TOO_MANY_REDIRECTS) {
    return fmt::format("more redirects than the {} that http.redirects allows, the next one to {}",
                       loop_.http.redirects, ask<char*>(easy(), CURLINFO_REDIRECT_URL));
  }
  return detail_of(code, system_error, words_.data());
}

void CurlChannel::fill_sizes() {
  const bool is_counted = redirected_upload_ > 0 && is_redirect(exchange_->response.status);
  const std::uint64_t body = is_body_sent_apart() && !is_counted ? uploaded() : 0;
  const auto heads = static_cast<std::uint64_t>(ask<long>(easy(), CURLINFO_REQUEST_SIZE));
  exchange_->bytes_sent = heads + redirected_upload_ + body;
  const std::uint64_t received =
      loop_.http.compression
          ? static_cast<std::uint64_t>(ask<curl_off_t>(easy(), CURLINFO_SIZE_DOWNLOAD_T))
          : exchange_->response.body_size;
  exchange_->bytes_received = head_bytes_ + received;
}

bool CurlChannel::is_body_sent_apart() const {
  if (!exchange_->has_body) return false;
  return exchange_->body.size() >= kSmallestBodySentApart ||
         loop_.http.protocol != plan::Protocol::h1;
}

std::uint64_t CurlChannel::uploaded() const {
  return static_cast<std::uint64_t>(ask<curl_off_t>(easy(), CURLINFO_SIZE_UPLOAD_T));
}

void CurlChannel::fill_moments(TimePoint finished) {
  Moments& moments = exchange_->moments;
  if (head_bytes_ == 0) fill_way();
  moments.finished = std::max(moments.sent, finished);
  TimePoint earliest = moments.sent;
  for (TimePoint* moment : {&moments.resolved, &moments.connected, &moments.secured,
                            &moments.written, &moments.first_byte}) {
    *moment = earliest = std::clamp(*moment, earliest, moments.finished);
  }
}

void CurlChannel::fill_way() {
  if (opened_ > 0) fill_connecting();
  fill_written();
}

// libcurl counts from the beginning of the exchange; 0 is what did not happen.
void CurlChannel::fill_connecting() {
  Moments& moments = exchange_->moments;
  moments.resolved = after(CURLINFO_NAMELOOKUP_TIME_T);
  moments.connected = after(CURLINFO_CONNECT_TIME_T);
  moments.secured = after(CURLINFO_APPCONNECT_TIME_T);
}

// What now_awaits_answer() noted may stem from the TLS handshake, which awaits answers
// too, and is missing where the response came at once. Never earlier than when libcurl
// was ready to write.
void CurlChannel::fill_written() {
  Moments& moments = exchange_->moments;
  const TimePoint prepared = after(CURLINFO_PRETRANSFER_TIME_T);
  moments.written = prepared == tried_ ? prepared : std::max(prepared, moments.written);
}

// The turn is later than the end where start() itself saw the end, and earlier than the
// request where libcurl sent that one and read its answer at once.
TimePoint CurlChannel::end_of_answer() const {
  const TimePoint seen = after(CURLINFO_TOTAL_TIME_T);
  return sent_again_in_ == loop_.turn ? seen : std::min(loop_.turn, seen);
}

TimePoint CurlChannel::after(CURLINFO time) const {
  return tried_ + std::chrono::microseconds(ask<curl_off_t>(easy(), time));
}

}  // namespace loadgate::transport
