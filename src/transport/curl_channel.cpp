#include "transport/curl_channel.h"

#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <new>

namespace loadgate::transport {
namespace {

constexpr long kReceiveBuffer = 16L * 1024;
constexpr long kSmallestUploadBuffer = 16L * 1024;
// libcurl's default drops connections that rested for 118 s, sooner than some users
// come back; whether one is still good is the server's to say.
constexpr long kOldestConnection = 24L * 60 * 60;
constexpr long kUsualConnectTimeout = 300L * 1000;

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
  exchange.response.cookies.clear();
  exchange.response.body.clear();
  exchange.response.body_size = 0;
  exchange.bytes_sent = exchange.bytes_received = 0;
  exchange.reconnected = false;
}

}  // namespace

CurlChannel::CurlChannel(Loop& loop, curl_slist* addresses)
    : loop_(loop), share_(make_share()), easy_(make_easy(loop.http)) {
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
  tried_ = now;
  sent_again_in_ = {};
  is_second_try_ = is_upload_given_up_ = false;
  head_bytes_ = 0;
  head_ended_ = kept_died_ = false;
  redirected_upload_ = 0;
  opened_ = socket_error_ = 0;

  const bool has_fields = has_fields_in(exchange);
  set_url();
  set_headers(has_fields);
  set_method(has_fields);
  set_timeout(exchange.timeout);
  return_to_kept_connections();
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
  // Not null, or libcurl would ask a callback for the body.
  set(easy(), CURLOPT_POSTFIELDS, body.empty() ? "" : body.data());
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

void CurlChannel::set_timeout(Nanoseconds whole) {
  const auto timeout = std::chrono::ceil<std::chrono::milliseconds>(whole).count();
  if (timeout == timeout_) return;
  timeout_ = timeout;
  set(easy(), CURLOPT_TIMEOUT_MS, timeout_);
  // Left alone it is 300 s and free; set, it costs a second timer in each request.
  set(easy(), CURLOPT_CONNECTTIMEOUT_MS, timeout_ > kUsualConnectTimeout ? timeout_ : 0L);
}

curl_socket_t CurlChannel::open_socket(void* self, curlsocktype, curl_sockaddr* address) {
  auto& channel = *static_cast<CurlChannel*>(self);
  if (channel.expects_kept_) return CURL_SOCKET_BAD;
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
// found dead: at once, or by sending on it in vain, after which libcurl sends again. Once
// there is an answer, it is one that the server closes behind a redirect.
int CurlChannel::close_socket(void* self, curl_socket_t socket) {
  auto& channel = *static_cast<CurlChannel*>(self);
  const bool is_unanswered = channel.is_in_flight() && channel.head_bytes_ == 0;
  if (is_unanswered && channel.opened_ == 0) channel.kept_died_ = true;
  channel.loop_.poller->forget(socket);
  return ::close(socket);
}

}  // namespace loadgate::transport
