#include "transport/curl_channel.h"

#include <fmt/format.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <new>
#include <utility>

#include "base/units.h"
#include "transport/curl_outcome.h"

namespace loadgate::transport {
namespace {

constexpr long kReceiveBuffer = 16 * 1024;
constexpr long kSmallestUploadBuffer = 16 * 1024;
// libcurl's default drops connections that rested for 118 s, sooner than some users
// come back; whether one is still good is the server's to say.
constexpr long kOldestConnection = 24L * 60 * 60;
constexpr long kUsualConnectTimeout = 300L * 1000;
// libcurl sends smaller bodies together with the head, and then counts them as head.
constexpr std::size_t kSmallestBodySentApart = 64U * 1024;

// The first three methods give a body a meaning, so that without one they say
// Content-Length: 0 (RFC 9110, 8.6).
bool has_fields_in(const Exchange& exchange) {
  switch (exchange.method) {
    case plan::Method::post:
    case plan::Method::put:
    case plan::Method::patch:
      return true;
    case plan::Method::head:
      return false;
    default:
      return exchange.has_body;
  }
}

// The one word libcurl does not send by itself for GET, HEAD and POST as it knows them.
const char* custom_name(plan::Method method, bool has_fields) {
  const plan::Method usual = has_fields ? plan::Method::post : plan::Method::get;
  if (method == usual || method == plan::Method::head) return nullptr;
  return plan::name_of(method).data();
}

template <class Value>
Value ask(CURL* easy, CURLINFO info) {
  Value value{};
  curl_easy_getinfo(easy, info, &value);
  return value;
}

CURLSH* make_share() {
  CURLSH* share = curl_share_init();
  if (share == nullptr) throw std::bad_alloc();
  // A multi handle's connections serve all its handles; a share's only those that have it.
  curl_share_setopt(share, CURLSHOPT_SHARE, CURL_LOCK_DATA_CONNECT);
  return share;
}

void start_over(Exchange& exchange, TimePoint now) {
  exchange.outcome = Outcome::ok;
  exchange.detail.clear();
  exchange.moments = {};
  exchange.moments.sent = now;
  exchange.response.status = 0;
  exchange.response.head.clear();
  exchange.response.body.clear();
  exchange.response.body_size = 0;
  exchange.bytes_sent = exchange.bytes_received = 0;
  exchange.reconnected = false;
}

}  // namespace

CurlChannel::CurlChannel(Loop& loop, curl_slist* addresses)
    : loop_(loop), share_(make_share()), easy_(make_easy(loop.options)) {
  CURL* const easy = easy_.get();
  set(easy, CURLOPT_PRIVATE, static_cast<void*>(this));
  set(easy, CURLOPT_SHARE, share_.get());
  set(easy, CURLOPT_COOKIEFILE, "");  // Cookies in memory.
  set(easy, CURLOPT_RESOLVE, addresses);
  set(easy, CURLOPT_DNS_CACHE_TIMEOUT, -1L);  // Saves a walk through the cache each request.
  set(easy, CURLOPT_PATH_AS_IS, 1L);
  set(easy, CURLOPT_MAXAGE_CONN, kOldestConnection);
  set(easy, CURLOPT_BUFFERSIZE, kReceiveBuffer);
  set(easy, CURLOPT_UPLOAD_BUFFERSIZE, kSmallestUploadBuffer);
  set(easy, CURLOPT_ERRORBUFFER, words_.data());
  set(easy, CURLOPT_HTTPGET, 1L);
  set_callbacks();
}

// The share goes last and by hand: it closes the connections, through close_socket(),
// which needs the other members alive.
CurlChannel::~CurlChannel() {
  easy_.reset();
  share_.reset();
}

void CurlChannel::set_callbacks() {
  CURL* const easy = easy_.get();
  set(easy, CURLOPT_OPENSOCKETFUNCTION, &CurlChannel::open_socket);
  set(easy, CURLOPT_OPENSOCKETDATA, static_cast<void*>(this));
  set(easy, CURLOPT_CLOSESOCKETFUNCTION, &CurlChannel::close_socket);
  set(easy, CURLOPT_CLOSESOCKETDATA, static_cast<void*>(this));
  set(easy, CURLOPT_HEADERFUNCTION, &CurlChannel::receive_head);
  set(easy, CURLOPT_HEADERDATA, static_cast<void*>(this));
  set(easy, CURLOPT_WRITEFUNCTION, &CurlChannel::receive_body);
  set(easy, CURLOPT_WRITEDATA, static_cast<void*>(this));
}

CurlChannel& CurlChannel::of(CURL* easy) {
  return *reinterpret_cast<CurlChannel*>(ask<char*>(easy, CURLINFO_PRIVATE));
}

void CurlChannel::begin(Exchange& exchange, TimePoint now) {
  assert(!is_in_flight() && exchange.headers != nullptr && exchange.timeout.count() > 0);
  start_over(exchange, now);
  exchange.in_flight_on = this;
  exchange_ = &exchange;
  head_bytes_ = 0;
  head_ended_ = kept_died_ = false;
  opened_ = socket_error_ = 0;

  const bool has_fields = has_fields_in(exchange);
  set_url();
  set_headers(has_fields);
  set_method(has_fields);
  set_timeout();
}

void CurlChannel::set_url() {
  if (url_ == exchange_->url) return;
  url_ = exchange_->url;
  set(easy(), CURLOPT_URL, url_.c_str());
}

void CurlChannel::set_method(bool has_fields) {
  const plan::Method method = exchange_->method;
  if (method != method_ || has_fields != has_fields_) {
    set(easy(), CURLOPT_CUSTOMREQUEST, custom_name(method, has_fields));
    set(easy(), has_fields ? CURLOPT_POST : CURLOPT_HTTPGET, 1L);
    if (method == plan::Method::head) set(easy(), CURLOPT_NOBODY, 1L);
    method_ = method;
    has_fields_ = has_fields;
  }
  if (!has_fields) return;
  const std::string_view body = exchange_->has_body ? exchange_->body : std::string_view();
  set(easy(), CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(body.size()));
  set(easy(), CURLOPT_POSTFIELDS, exchange_->body.c_str());
}

void CurlChannel::set_headers(bool has_fields) {
  const HeaderLines& lines = *exchange_->headers;
  if (lines.is_constant && &lines == constant_lines_ && has_fields == has_fields_) return;
  constant_lines_ = lines.is_constant ? &lines : nullptr;
  const BodyHeaders body = has_fields ? BodyHeaders::suppress_defaults : BodyHeaders::none;
  set(easy(), CURLOPT_HTTPHEADER, headers_for(lines, body).get());
}

HeaderList& CurlChannel::headers_for(const HeaderLines& lines, BodyHeaders body) {
  if (!lines.is_constant) {
    changing_headers_.build(lines, body);
    return changing_headers_;
  }
  const auto [entry, is_new] = loop_.constant_headers.try_emplace(&lines);
  auto& [plain, with_body] = entry->second;
  if (is_new) {
    plain.build(lines, BodyHeaders::none);
    with_body.build(lines, BodyHeaders::suppress_defaults);
  }
  return body == BodyHeaders::none ? plain : with_body;
}

void CurlChannel::set_timeout() {
  const auto timeout = std::chrono::ceil<std::chrono::milliseconds>(exchange_->timeout).count();
  if (timeout == timeout_) return;
  timeout_ = timeout;
  set(easy(), CURLOPT_TIMEOUT_MS, timeout_);
  // Left alone it is 300 s and free; set, it costs a second timer in each request.
  set(easy(), CURLOPT_CONNECTTIMEOUT_MS, timeout_ > kUsualConnectTimeout ? timeout_ : 0L);
}

curl_socket_t CurlChannel::open_socket(void* self, curlsocktype, curl_sockaddr* address) {
  auto& channel = *static_cast<CurlChannel*>(self);
  const int kind = address->socktype | SOCK_CLOEXEC | SOCK_NONBLOCK;
  const int socket = ::socket(address->family, kind, address->protocol);
  if (socket < 0) {
    channel.socket_error_ = errno;
    return CURL_SOCKET_BAD;
  }
  ++channel.opened_;
  channel.loop_.poller->adopt(socket);
  return socket;
}

// A kept connection that is closed before a new one is opened for the same exchange was
// found dead: at once, or by sending on it in vain, after which libcurl sends again.
int CurlChannel::close_socket(void* self, curl_socket_t socket) {
  auto& channel = *static_cast<CurlChannel*>(self);
  if (channel.is_in_flight() && channel.opened_ == 0) channel.kept_died_ = true;
  channel.loop_.poller->forget(socket);
  return ::close(socket);
}

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
