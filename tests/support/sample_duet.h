#pragma once

// A small duet as a real one would look, built in code and the same on every machine:
// epochs of 8 s, the first two of them warm-up, head slower by a factor. For tests of
// whatever comes after a duet.

#include <fmt/format.h>

#include <chrono>
#include <string>
#include <utility>

#include "base/hash.h"
#include "base/random.h"
#include "metrics/recorder.h"
#include "metrics/run_result.h"
#include "support/sample_result.h"

namespace loadgate::support {

struct SampleDuetOptions {
  std::uint32_t epochs = 6;
  std::uint32_t names = 2;
  std::uint32_t a_second = 20;  // Requests of each name, for each side.
  double slowdown = 1;          // Of head's response times and CPU.
};

// CPU of 3 ms a request, 100 MB, measured every second.
inline metrics::ResourceUse sample_use(const std::string& name, unsigned from, unsigned to,
                                       double cpu_a_second) {
  metrics::ResourceUse use;
  use.name = name;
  for (unsigned second = from; second <= to; ++second) {
    use.points.push_back({.at = std::chrono::seconds(second),
                          .cpu = from_seconds(cpu_a_second * (second - from)),
                          .memory = (100 + second) * 1'000'000ULL,
                          .processes = 2});
  }
  return use;
}

inline metrics::MachineUse sample_machine(unsigned from, unsigned to) {
  metrics::MachineUse use;
  use.cores = 2;
  for (unsigned second = from; second <= to; ++second) {
    const std::chrono::milliseconds passed((second - from) * 1000);
    use.points.push_back({.at = std::chrono::seconds(second),
                          .busy = passed,
                          .stolen = passed / 50,
                          .pressure = passed / 10,
                          .own = passed / 5});
  }
  return use;
}

inline metrics::EpochSide sample_side(const SampleDuetOptions& options, metrics::Side side,
                                      std::uint32_t number) {
  const bool is_head = side == metrics::Side::head;
  const double slowdown = is_head ? options.slowdown : 1;
  Random random((number * 2) + (is_head ? 1U : 0U));
  metrics::Recorder recorder(1, options.names);
  metrics::Collector collector(1, options.names);
  for (std::uint32_t second = 0; second < 8; ++second) {
    for (std::uint32_t i = 0; i < options.a_second * options.names; ++i) {
      metrics::Sample sample;
      sample.request_name = i % options.names;
      sample.held = second >= 2;
      sample.status = 200;
      sample.is_open = true;
      const double tail = random.unit() * random.unit() * random.unit();
      sample.response_time = from_seconds((0.004 + 0.2 * tail) * slowdown);
      sample.service_time = sample.response_time;
      recorder.record(sample);
    }
    collector.add(recorder.seal(second));
  }
  metrics::RunResult measured;
  collector.finish(measured);
  for (metrics::Series& series : measured.series) series.key.side = side;
  const double cpu = 0.003 * slowdown * options.a_second * options.names;
  return {.target = fmt::format("http://127.0.0.1:{}", 40000 + number + (is_head ? 100 : 0)),
          .started_first = (number % 2 == 1) == is_head,
          .start_took = std::chrono::milliseconds(300),
          .series = std::move(measured.series),
          .use = sample_use("service", 0, 8, cpu)};
}

inline metrics::RunResult sample_duet(const SampleDuetOptions& options = {}) {
  using namespace std::chrono_literals;
  metrics::RunResult run;
  run.info = sample_result().info;
  run.info.command = "loadgate duet configs/shop.yaml --base-ref main";
  run.info.plan_text = "name: shop\n";
  run.info.length = options.epochs * 10s;
  run.judging.stages = {{.name = "duet",
                         .planned = {.from = 0s, .to = 8s},
                         .held = {.from = 2s, .to = 8s},
                         .load_hash = fingerprint_of("duet"),
                         .load = plan::Load::rate,
                         .rate = 120,
                         .max_users = 500}};
  for (std::uint32_t i = 0; i < options.names; ++i) {
    run.judging.requests.push_back({.text = fmt::format("GET /products/{}", i),
                                    .role = plan::Role::task,
                                    .load_hash = fingerprint_of(std::to_string(i))});
  }
  metrics::Duet duet{.base = "main (3f2a9c1)",
                     .head = "the working tree",
                     .rate = 120,
                     .epoch_length = 8s,
                     .most_epochs = 20};
  for (std::uint32_t number = 0; number < options.epochs; ++number) {
    duet.epochs.push_back({.number = number,
                           .began = number * 10s,
                           .held = {.from = 2s, .to = 8s},
                           .base = sample_side(options, metrics::Side::base, number),
                           .head = sample_side(options, metrics::Side::head, number),
                           .machine = sample_machine(0, 8)});
  }
  run.duet = std::move(duet);
  metrics::join_epochs(run);
  return run;
}

}  // namespace loadgate::support
