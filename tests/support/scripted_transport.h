#pragma once

// A wire on a clock we hold: a script says what each request gets and when, and
// wait() moves the clock there. Also a log of everything that was sent.

#include <algorithm>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "support/manual_clock.h"
#include "transport/transport.h"

namespace loadgate::support {

struct Reply {
  Nanoseconds after = std::chrono::milliseconds(10);
  int status = 200;
  std::string body;
  transport::Outcome outcome = transport::Outcome::ok;
  std::string head = {};    // Empty: a plain status line.
  std::string detail = {};  // The transport's words where outcome is not ok.
};

// An answer that never comes: the exchange times out, or is cancelled.
inline Reply hanging() { return {.after = std::chrono::hours(1000), .body = {}}; }
inline Reply refused() {
  return {.after = std::chrono::microseconds(50),
          .status = 0,
          .body = {},
          .outcome = transport::Outcome::could_not_connect,
          .detail = "connection refused"};
}

struct Sent {
  TimePoint at;
  plan::Method method;
  std::string url;
  std::vector<std::string> headers;
  std::string body;
  const transport::HeaderLines* header_lines;
  const transport::Channel* channel;
};

class ScriptedTransport final : public transport::Transport {
 public:
  using Script = std::function<Reply(const transport::Exchange&)>;

  explicit ScriptedTransport(ManualClock& clock, Script script = nullptr)
      : clock_(clock), script_(std::move(script)) {}

  const std::vector<Sent>& sent() const { return sent_; }
  std::vector<std::string> urls() const {
    std::vector<std::string> urls;
    for (const Sent& one : sent_) urls.push_back(one.url);
    return urls;
  }
  std::size_t open_channels() const { return channels_.size(); }
  std::size_t waits() const { return waits_; }

  transport::Channel& open() override {
    channels_.push_back(std::make_unique<transport::Channel>());
    return *channels_.back();
  }

  void close(transport::Channel& channel) override {
    std::erase_if(channels_, [&](const auto& one) { return one.get() == &channel; });
  }

  void start(transport::Channel& channel, transport::Exchange& exchange) override {
    sent_.push_back({clock_.now(), exchange.method, exchange.url, exchange.headers->lines,
                     exchange.has_body ? std::string(exchange.body) : "", exchange.headers,
                     &channel});
    Reply reply = script_ ? script_(exchange) : Reply{};
    if (reply.after > exchange.timeout) {
      reply = {.after = exchange.timeout,
               .status = 0,
               .body = {},
               .outcome = transport::Outcome::timed_out,
               .detail = "no answer in time"};
    }
    const TimePoint now = clock_.now();
    exchange.moments = {now, now, now, now, now, now, now};
    flights_.push_back({&exchange, now + reply.after, std::move(reply)});
  }

  void cancel(transport::Exchange& exchange) override {
    for (Flight& flight : flights_) {
      if (flight.exchange != &exchange) continue;
      flight.lands = clock_.now();
      flight.reply = {.status = 0, .body = {}, .outcome = transport::Outcome::cancelled};
    }
  }

  void wait(TimePoint until, std::vector<transport::Exchange*>& done) override {
    ++waits_;
    if (std::exchange(woken_, false)) until = clock_.now();
    for (const Flight& flight : flights_) until = std::min(until, flight.lands);
    clock_.advance_to(until);
    std::stable_sort(flights_.begin(), flights_.end(),
                     [](const Flight& a, const Flight& b) { return a.lands < b.lands; });
    while (!flights_.empty() && flights_.front().lands <= clock_.now()) {
      done.push_back(land(flights_.front()));
      flights_.erase(flights_.begin());
    }
  }

  void wake() noexcept override { woken_ = true; }

 private:
  struct Flight {
    transport::Exchange* exchange;
    TimePoint lands;
    Reply reply;
  };

  static transport::Exchange* land(const Flight& flight) {
    transport::Exchange& exchange = *flight.exchange;
    const Reply& reply = flight.reply;
    exchange.outcome = reply.outcome;
    exchange.detail = reply.detail;
    exchange.moments.finished = flight.lands;
    if (reply.status != 0) exchange.moments.first_byte = flight.lands;
    exchange.response.status = reply.status;
    exchange.response.head = reply.head;
    if (reply.head.empty() && reply.status != 0) {
      exchange.response.head = "HTTP/1.1 " + std::to_string(reply.status) + " Said\r\n\r\n";
    }
    exchange.response.body = reply.body;
    if (exchange.keep == transport::Keep::beginning &&
        exchange.response.body.size() > transport::kKeptBytes) {
      exchange.response.body.resize(transport::kKeptBytes);
    }
    exchange.response.body_size = reply.body.size();
    exchange.bytes_sent = 100;
    exchange.bytes_received = reply.body.size();
    exchange.reconnected = false;
    return &exchange;
  }

  ManualClock& clock_;
  Script script_;
  std::vector<std::unique_ptr<transport::Channel>> channels_;
  std::vector<Flight> flights_;
  std::vector<Sent> sent_;
  std::size_t waits_ = 0;
  bool woken_ = false;
};

}  // namespace loadgate::support
