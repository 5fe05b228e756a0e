#include "transport/curl_transport.h"

#include <sys/prctl.h>

#include <algorithm>
#include <cassert>
#include <new>
#include <utility>

#include "transport/curl_channel.h"

namespace loadgate::transport {
namespace {

// A user needs one for the target; the others are for URLs that lead elsewhere.
constexpr long kConnectionsAUser = 4;

struct FreeMulti {
  void operator()(CURLM* multi) const { curl_multi_cleanup(multi); }
};

std::uint32_t events_of(int what) {
  switch (what) {
    case CURL_POLL_IN:
      return EPOLLIN;
    case CURL_POLL_OUT:
      return EPOLLOUT;
    case CURL_POLL_INOUT:
      return EPOLLIN | EPOLLOUT;
    default:
      return 0;
  }
}

int select_bits(std::uint32_t events) {
  return ((events & EPOLLIN) != 0 ? CURL_CSELECT_IN : 0) |
         ((events & EPOLLOUT) != 0 ? CURL_CSELECT_OUT : 0);
}

class CurlTransport final : public Transport {
 public:
  CurlTransport(const Options& options, std::unique_ptr<Poller> poller);
  ~CurlTransport() override;
  CurlTransport(const CurlTransport&) = delete;
  CurlTransport& operator=(const CurlTransport&) = delete;

  Channel& open() override;
  void close(Channel& channel) override;
  void start(Channel& channel, Exchange& exchange) override;
  void cancel(Exchange& exchange) override;
  void wait(TimePoint until, std::vector<Exchange*>& done) override;
  void wake() noexcept override { loop_.poller->wake(); }

 private:
  static int watch_socket(CURL* easy, curl_socket_t socket, int what, void* self, void*);
  static int set_timer(CURLM*, long milliseconds, void* self);

  void add(CurlChannel& channel);
  void act(curl_socket_t socket, int bits);
  void run_due_timer();
  void turn(TimePoint until);
  void collect(std::vector<Exchange*>& done);
  void sharpen_timers();

  Loop loop_;
  StringList addresses_;
  std::unique_ptr<CURLM, FreeMulti> multi_;
  std::vector<std::unique_ptr<CurlChannel>> channels_;
  std::vector<Exchange*> cancelled_;
  TimePoint timer_due_ = TimePoint::max();
  bool has_sharp_timers_ = false;
};

CurlTransport::CurlTransport(const Options& options, std::unique_ptr<Poller> poller)
    : loop_{.http = options.http,
            .poller = std::move(poller),
            .clock = {},
            .turn = {},
            .constant_headers = {}},
      addresses_(make_list(options.addresses)) {
  make_easy(options.http);  // Starts libcurl, which must come before all else.
  multi_.reset(curl_multi_init());
  if (!multi_) throw std::bad_alloc();
  curl_multi_setopt(multi_.get(), CURLMOPT_SOCKETFUNCTION, &CurlTransport::watch_socket);
  curl_multi_setopt(multi_.get(), CURLMOPT_SOCKETDATA, static_cast<void*>(this));
  curl_multi_setopt(multi_.get(), CURLMOPT_TIMERFUNCTION, &CurlTransport::set_timer);
  curl_multi_setopt(multi_.get(), CURLMOPT_TIMERDATA, static_cast<void*>(this));
  curl_multi_setopt(multi_.get(), CURLMOPT_MAXCONNECTS, kConnectionsAUser);
}

CurlTransport::~CurlTransport() {
  for (const auto& channel : channels_) {
    if (!channel->is_in_flight()) continue;
    curl_multi_remove_handle(multi_.get(), channel->easy());
    channel->end_cancelled(loop_.clock.now());
  }
}

Channel& CurlTransport::open() {
  auto channel = std::make_unique<CurlChannel>(loop_, addresses_.get());
  channel->index = channels_.size();
  return *channels_.emplace_back(std::move(channel));
}

void CurlTransport::close(Channel& channel) {
  const std::size_t index = static_cast<CurlChannel&>(channel).index;
  assert(!channels_[index]->is_in_flight());
  channels_[index].swap(channels_.back());
  channels_[index]->index = index;
  channels_.pop_back();
}

// The request goes out here and not in the next wait(): of many started together each
// is sent at the moment it calls its own.
void CurlTransport::start(Channel& channel, Exchange& exchange) {
  auto& mine = static_cast<CurlChannel&>(channel);
  loop_.turn = loop_.clock.now();
  mine.begin(exchange, loop_.turn);
  add(mine);
}

void CurlTransport::add(CurlChannel& channel) {
  [[maybe_unused]] const CURLMcode added = curl_multi_add_handle(multi_.get(), channel.easy());
  assert(added == CURLM_OK);
  act(CURL_SOCKET_TIMEOUT, 0);
}

void CurlTransport::cancel(Exchange& exchange) {
  if (exchange.in_flight_on == nullptr) return;
  auto& channel = static_cast<CurlChannel&>(*exchange.in_flight_on);
  curl_multi_remove_handle(multi_.get(), channel.easy());
  cancelled_.push_back(&channel.end_cancelled(loop_.clock.now()));
}

void CurlTransport::wait(TimePoint until, std::vector<Exchange*>& done) {
  if (!has_sharp_timers_) sharpen_timers();
  const std::size_t before = done.size();
  done.insert(done.end(), cancelled_.begin(), cancelled_.end());
  cancelled_.clear();
  loop_.turn = loop_.clock.now();
  bool is_woken = false;
  do {
    run_due_timer();
    collect(done);  // Also what ended within start().
    turn(done.size() == before ? until : loop_.turn);
    collect(done);
    is_woken = loop_.poller->take_wake();
  } while (done.size() == before && !is_woken && loop_.turn < until);
}

// Looks at the sockets until `until` or the next timer, and handles those that are ready.
void CurlTransport::turn(TimePoint until) {
  const auto ready = loop_.poller->wait(std::min(until, timer_due_) - loop_.turn);
  loop_.turn = loop_.clock.now();
  for (const Poller::Ready& socket : ready) act(socket.socket, select_bits(socket.events));
}

void CurlTransport::act(curl_socket_t socket, int bits) {
  int running = 0;
  [[maybe_unused]] const CURLMcode code =
      curl_multi_socket_action(multi_.get(), socket, bits, &running);
  assert(code == CURLM_OK);
}

void CurlTransport::run_due_timer() {
  if (timer_due_ > loop_.turn) return;
  timer_due_ = TimePoint::max();
  act(CURL_SOCKET_TIMEOUT, 0);
}

void CurlTransport::collect(std::vector<Exchange*>& done) {
  int left = 0;
  while (const CURLMsg* message = curl_multi_info_read(multi_.get(), &left)) {
    CURL* const easy = message->easy_handle;
    const CURLcode code = message->data.result;  // The message dies with the removal.
    curl_multi_remove_handle(multi_.get(), easy);
    CurlChannel& channel = CurlChannel::of(easy);
    if (channel.begins_again(code)) {
      add(channel);
    } else {
      done.push_back(&channel.end(code));
    }
  }
}

int CurlTransport::watch_socket(CURL* easy, curl_socket_t socket, int what, void* self, void*) {
  static_cast<CurlTransport*>(self)->loop_.poller->want(socket, events_of(what));
  if (what == CURL_POLL_IN) CurlChannel::of(easy).now_awaits_answer();
  return 0;
}

// The turn lies a little in the past, so the timer may come early; libcurl then says again
// how long is left.
int CurlTransport::set_timer(CURLM*, long milliseconds, void* self) {
  auto& transport = *static_cast<CurlTransport*>(self);
  transport.timer_due_ = milliseconds < 0
                             ? TimePoint::max()
                             : transport.loop_.turn + std::chrono::milliseconds(milliseconds);
  return 0;
}

// By default the kernel ends a thread's waits up to 50 µs late.
void CurlTransport::sharpen_timers() {
  prctl(PR_SET_TIMERSLACK, 1UL);
  has_sharp_timers_ = true;
}

}  // namespace

Result<std::unique_ptr<Transport>> make_curl_transport(const Options& options) {
  Result<std::unique_ptr<Poller>> poller = Poller::open();
  if (!poller) return failure(poller.error());
  return std::make_unique<CurlTransport>(options, std::move(*poller));
}

}  // namespace loadgate::transport
