#pragma once

// A run made by hand, second by second, for tests of the live page.

#include <cstdint>
#include <deque>
#include <string>
#include <utility>

#include "load/runner.h"
#include "metrics/recorder.h"

namespace loadgate::live {

class MadeRun {
 public:
  explicit MadeRun(std::size_t names, std::size_t sides = 1) : names_(names) {
    for (std::size_t side = 0; side < sides; ++side) {
      collectors_.emplace_back(1, names);
      recorders_.emplace_back(1, names);
    }
  }

  MadeRun& answered(std::uint32_t name, std::chrono::milliseconds time, std::size_t side = 0) {
    return record(name, time, metrics::ErrorKind::none, side);
  }

  MadeRun& failed(std::uint32_t name, metrics::ErrorKind kind, std::string detail = {},
                  std::string body = {}) {
    if (recorders_[0].wants_failure(name, kind)) {
      metrics::FailureSample sample;
      sample.detail = std::move(detail);
      sample.request.start_line = "GET / HTTP/1.1";
      sample.response.body = std::move(body);
      recorders_[0].keep_failure(name, kind, std::move(sample));
    }
    ++failures_;
    return record(name, std::chrono::milliseconds(5), kind, 0);
  }

  // Ends the second under way.
  load::Progress second() {
    load::Progress now;
    for (std::size_t side = 0; side < collectors_.size(); ++side) {
      collectors_[side].add(recorders_[side].seal(second_));
      now.so_far.push_back(
          {side + 1 == collectors_.size() ? metrics::Side::head : metrics::Side::base,
           &collectors_[side]});
    }
    ++second_;
    now.elapsed = std::chrono::seconds(second_);
    now.length = std::chrono::seconds(100);
    now.stage = "steady";
    now.users = 7;
    now.requests = requests_;
    now.failures = failures_;
    now.requests_per_second = static_cast<double>(std::exchange(of_second_, 0));
    now.p50 = std::chrono::milliseconds(5);
    now.p95 = std::chrono::milliseconds(20);
    return now;
  }

  std::size_t names() const { return names_; }

 private:
  MadeRun& record(std::uint32_t name, std::chrono::milliseconds time, metrics::ErrorKind kind,
                  std::size_t side) {
    metrics::Sample sample;
    sample.request_name = name;
    sample.status = 200;
    sample.response_time = time;
    sample.error = kind;
    recorders_[side].record(sample);
    ++requests_;
    ++of_second_;
    return *this;
  }

  std::size_t names_;
  std::deque<metrics::Collector> collectors_;
  std::deque<metrics::Recorder> recorders_;
  std::uint32_t second_ = 0;
  std::uint64_t requests_ = 0, failures_ = 0, of_second_ = 0;
};

}  // namespace loadgate::live
