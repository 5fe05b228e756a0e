// What comes back for an exchange: the half of CurlChannel after the request went out.

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "base/units.h"
#include "transport/curl_channel.h"
#include "transport/curl_outcome.h"

namespace loadgate::transport {
namespace {

// libcurl sends smaller bodies together with the head, and then counts them as head.
constexpr std::size_t kSmallestBodySentApart = 65'536;

}  // namespace

// Called with one line at a time. A new status line after the end of a head means that
// the one before was interim; other lines there are trailers.
std::size_t CurlChannel::receive_head(char* data, std::size_t, std::size_t size, void* self) {
  auto& channel = *static_cast<CurlChannel*>(self);
  const std::string_view line(data, size);
  std::string& head = channel.exchange_->response.head;
  if (channel.head_bytes_ == 0) channel.exchange_->moments.first_byte = channel.loop_.turn;
  channel.head_bytes_ += size;
  if (channel.head_ended_) {
    if (!line.starts_with("HTTP/")) return size;
    channel.head_ended_ = false;
    head.clear();
  }
  head += line;
  channel.head_ended_ = line == "\r\n" || line == "\n";
  return size;
}

std::size_t CurlChannel::receive_body(char* data, std::size_t, std::size_t size, void* self) {
  auto& channel = *static_cast<CurlChannel*>(self);
  const Exchange& exchange = *channel.exchange_;
  channel.exchange_->response.body_size += size;
  const bool is_too_much =
      exchange.keep == Keep::whole && exchange.response.body_size > kLargestBody;
  if (is_too_much) return CURL_WRITEFUNC_ERROR;
  channel.keep({data, size});
  return size;
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
  exchange_->reconnected = kept_died_ && opened_ > 0;
  exchange_->response.status = static_cast<int>(ask<long>(easy(), CURLINFO_RESPONSE_CODE));
  if (code != CURLE_OK) fill_failure(code);
  fill_sizes();
  // The turn is later than the end only where start() itself saw the end.
  fill_moments(std::min(loop_.turn, after(CURLINFO_TOTAL_TIME_T)));
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
  exchange_->detail = code == CURLE_WRITE_ERROR
                          ? fmt::format("the body is larger than {}, more than a capture may read",
                                        format_size(kLargestBody))
                          : detail_of(code, system_error, words);
}

void CurlChannel::fill_sizes() {
  const bool is_sent_apart =
      exchange_->has_body && exchange_->body.size() >= kSmallestBodySentApart;
  const auto head = ask<long>(easy(), CURLINFO_REQUEST_SIZE);
  const auto body = is_sent_apart ? ask<curl_off_t>(easy(), CURLINFO_SIZE_UPLOAD_T) : 0;
  exchange_->bytes_sent = static_cast<std::uint64_t>(head + body);
  exchange_->bytes_received = head_bytes_ + exchange_->response.body_size;
}

void CurlChannel::fill_moments(TimePoint finished) {
  Moments& moments = exchange_->moments;
  if (opened_ > 0) fill_connecting();
  fill_written();
  moments.finished = std::max(moments.sent, finished);
  TimePoint earliest = moments.sent;
  for (TimePoint* moment : {&moments.resolved, &moments.connected, &moments.secured,
                            &moments.written, &moments.first_byte}) {
    *moment = earliest = std::clamp(*moment, earliest, moments.finished);
  }
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
  moments.written = prepared == moments.sent ? prepared : std::max(prepared, moments.written);
}

TimePoint CurlChannel::after(CURLINFO time) const {
  return exchange_->moments.sent + std::chrono::microseconds(ask<curl_off_t>(easy(), time));
}

}  // namespace loadgate::transport
