#pragma once

// One epoch of a duet: both builds started, loaded side by side, stopped. Main thread.

#include <array>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "load/data_feed.h"
#include "metrics/run_result.h"
#include "session/builds.h"
#include "session/epoch_load.h"
#include "session/measure.h"
#include "session/service_under_test.h"

namespace loadgate::session {

struct EpochRun {
  metrics::Epoch epoch;
  metrics::RunResult head;  // With failures, samples and health; the series are the epoch's.
  Reasons trouble;          // Why there was no epoch: one build did not start. Else empty.
  Nanoseconds took{};       // With starts and stops, without what is done once (`prepare`).
  bool is_interrupted = false;
  bool is_cut_short = false;  // The load ended early: this epoch is none.
  std::string aborted;        // The abort threshold of head that ended it; else empty.
};

// Both builds, through all epochs.
class SideBySide {
 public:
  // `plans` must outlive it. Logs go to `out`.
  SideBySide(DuetPlans& plans, const MeasureOptions& options, const std::filesystem::path& out);

  // Epochs are numbered from 0 in the order in which they are run. With Restart::never the
  // builds go on running after it.
  EpochRun run(std::uint32_t number, const EpochLoad& load);

  // The same to see what a load does; counts for nothing.
  EpochRun trial(const EpochLoad& load) { return run(kTrial, load); }

  void close();  // Stops whatever still runs. A second call does nothing.

 private:
  struct Side {
    metrics::Side which{};
    PlansByPlace* plans = nullptr;
    std::array<std::unique_ptr<ServiceUnderTest>, 2> services{};  // By place.
    std::size_t place = 0;                                        // Of this epoch.
    bool is_open = false;
    transport::Options wire{};
    std::optional<load::DrawnRows> rows{};  // That the epoch before left.
    bool has_served = false;                // In an epoch before.

    plan::Plan& plan() { return (*plans)[place]; }
    ServiceUnderTest& service() { return *services[place]; }
  };

  std::function<void(const std::string&)> saying(const std::string& name) const;

  // No epoch is ever called that; even, so that builds stand where epoch 0 has them.
  static constexpr std::uint32_t kTrial = std::uint32_t{1} << 20U;

  // Where the sides stand and which is started first.
  void seat(std::uint32_t number, metrics::Epoch& epoch);
  // False where the epoch is over before it began; `run` or `record` say why.
  bool open(Side& side, metrics::EpochSide& record, EpochRun& run);
  bool open_both(EpochRun& run);
  void put_load(EpochRun& run);

  const MeasureOptions& options_;
  Side base_, head_;
  const plan::Restart restart_;
  TimePoint began_;
  unsigned runs_ = 0;
};

}  // namespace loadgate::session
