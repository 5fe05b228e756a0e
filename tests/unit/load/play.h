#pragma once

// Plays plans for tests: a worker on a clock that stands still.

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "load/limits.h"
#include "load/worker.h"
#include "support/sample_plan.h"
#include "support/scripted_transport.h"

namespace loadgate::load {

using support::ManualClock;
using support::ScriptedTransport;

// A plan played by one worker, turned by hand on a clock that only the scripted
// transport moves.
class Play {
 public:
  explicit Play(plan::Plan plan, ScriptedTransport::Script script = nullptr, std::uint64_t seed = 7,
                unsigned index = 0, unsigned count = 1)
      : plan_(std::move(plan)),
        shape_(plan_.stages),
        arrivals_(plan_.stages),
        pool_limits_(pool_limits(plan_.stages, count, {})),
        script_(plan_, seed, shape_.most_users()),
        transport_(clock_, std::move(script)),
        stop_(shape_.length(), plan_.http.timeout + std::chrono::seconds(5)),
        start_(clock_.now()),
        worker_({script_, shape_, arrivals_, pool_limits_, clock_, stop_, mailbox_}, transport_,
                {index, count}) {
    worker_.begin({start_, clock_.wall()});
  }

  // Turns until the clock stands at `elapsed` or beyond, or all is over.
  void until(Nanoseconds elapsed) {
    while (!is_over_ && clock_.now() - start_ < elapsed) is_over_ = !worker_.turn();
  }
  void to_the_end() {
    until(std::chrono::hours(24));
    ASSERT_TRUE(is_over_);
    EXPECT_EQ(worker_.users(), 0U);
    EXPECT_EQ(transport_.open_channels(), 0U);
  }

  Nanoseconds elapsed() const { return clock_.now() - start_; }
  Nanoseconds sent_at(std::size_t i) const { return transport_.sent()[i].at - start_; }
  std::size_t sent_to(const std::string& path) const {
    const std::vector<std::string> urls = transport_.urls();
    return static_cast<std::size_t>(std::count(urls.begin(), urls.end(), plan_.target + path));
  }
  std::vector<Sealed> sealed() { return mailbox_.take(); }
  // Everything the worker measured, over all seconds.
  metrics::Tally tally() {
    metrics::Tally all;
    for (const Sealed& sealed : sealed()) {
      for (const auto& cell : sealed.batch.cells) all.merge(cell.tally);
    }
    return all;
  }

  // Samples in all seconds, and what else was counted.
  struct Counted {
    std::uint64_t timed_sends = 0, late_sends = 0, arrivals = 0, dropped = 0;
    metrics::Tally tally;
    std::vector<metrics::FailureSample> failures;
    std::vector<metrics::FailureSample> slowest;
  };
  Counted counted() {
    Counted sum;
    for (const Sealed& one : sealed()) {
      sum.timed_sends += one.timed_sends;
      sum.late_sends += one.late_sends;
      sum.arrivals += one.arrivals;
      sum.dropped += one.dropped;
      for (const auto& cell : one.batch.cells) sum.tally.merge(cell.tally);
      for (const auto& group : one.batch.failures) {
        sum.failures.insert(sum.failures.end(), group.samples.begin(), group.samples.end());
      }
      for (const auto& group : one.batch.slowest) {
        sum.slowest.insert(sum.slowest.end(), group.samples.begin(), group.samples.end());
      }
    }
    return sum;
  }

  ManualClock& clock() { return clock_; }
  Stop& stop() { return stop_; }
  Worker& worker() { return worker_; }
  ScriptedTransport& transport() { return transport_; }

 private:
  plan::Plan plan_;
  ManualClock clock_;
  LoadShape shape_;
  Arrivals arrivals_;
  std::vector<unsigned> pool_limits_;
  Script script_;
  ScriptedTransport transport_;
  Stop stop_;
  Mailbox mailbox_;
  TimePoint start_;
  Worker worker_;
  bool is_over_ = false;
};

inline std::uint64_t errors(const metrics::Tally& tally, metrics::ErrorKind kind) {
  return tally.errors[static_cast<std::size_t>(kind)];
}

}  // namespace loadgate::load
