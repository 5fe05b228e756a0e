#pragma once

// A transport on a clock of the system's and the few words the transport's tests share.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "support/loopback_server.h"
#include "transport/curl_transport.h"

namespace loadgate::transport {

using namespace std::chrono_literals;
using support::DeafPort;
using support::LoopbackServer;
using Reply = LoopbackServer::Reply;
using Request = LoopbackServer::Request;
using Then = LoopbackServer::Then;

class Wire : public ::testing::Test {
 protected:
  static constexpr Nanoseconds kPatience = 10s;  // Never used up unless a test fails.

  Exchange get(const std::string& url) const {
    Exchange exchange;
    exchange.url = url;
    exchange.headers = &no_headers_;
    exchange.timeout = kPatience;
    return exchange;
  }

  // A transport that sends as `http` says.
  void use(const plan::Http& http) {
    transport_ = *make_curl_transport({.http = http, .addresses = {}});
  }

  void wait_for(std::size_t count) {
    std::vector<Exchange*> done;
    const TimePoint end = clock_.now() + kPatience;
    while (done.size() < count && clock_.now() < end) transport_->wait(end, done);
    ASSERT_EQ(done.size(), count);
  }

  void run(Channel& channel, Exchange& exchange) {
    transport_->start(channel, exchange);
    wait_for(1);
  }

  SteadyClock clock_;
  HeaderLines no_headers_;
  std::unique_ptr<Transport> transport_ = *make_curl_transport({});
};

}  // namespace loadgate::transport
