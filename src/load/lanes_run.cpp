#include "load/lanes_run.h"

#include <algorithm>
#include <cassert>
#include <deque>
#include <memory>
#include <utility>

#include "load/last_second.h"
#include "load/limits.h"
#include "load/mailbox.h"
#include "load/worker.h"
#include "load/worker_threads.h"

namespace loadgate::load {
namespace {

constexpr Nanoseconds kSecond = std::chrono::seconds(1);
// How soon a stop request is seen.
constexpr Nanoseconds kPoll = std::chrono::milliseconds(20);
// How long after a second is over the workers' share of it is surely in the mailbox.
constexpr Nanoseconds kDelivery = std::chrono::milliseconds(50);

using Transports = std::vector<std::unique_ptr<transport::Transport>>;

Result<Transports> make_transports(const Options& options) {
  Transports transports;
  for (unsigned i = 0; i < options.workers; ++i) {
    Result<std::unique_ptr<transport::Transport>> made = options.make_transport();
    if (!made) return failure(made.error().during("preparing the load"));
    transports.push_back(std::move(*made));
  }
  return transports;
}

// One run, from the first thread to the result. Its members are the main thread's but
// for those that say so.
class LanesRun {
 public:
  LanesRun(std::deque<Lane>& lanes, const Options& options, Transports& transports);

  Result<LanesOutcome> go();

 private:
  void watch();
  bool have_finished();
  void heed_stop_request();
  void heed_data();
  bool nobody_has_data(std::size_t lane) const;
  void look();
  void show_progress(Nanoseconds elapsed);
  void stop_gently();
  void wake_workers();
  void collect();
  LanesOutcome outcome();
  LanesOutcome::OfLane outcome_of(std::size_t lane);

  Nanoseconds elapsed() const { return options_.clock->now() - epoch_.start; }
  unsigned users(std::size_t lane) const;

  std::deque<Lane>& lanes_;
  const Options& options_;
  Transports& transports_;  // A worker's each; here only woken.
  Stop stop_;               // Read by workers.
  std::vector<std::unique_ptr<Worker>> workers_;
  WorkerThreads threads_;

  Epoch epoch_;
  Nanoseconds next_look_ = kSecond;
  LastSecond last_second_;
  int request_seen_ = 0;
  std::string stopped_because_;
  bool is_ended_by_data_ = false;
};

LanesRun::LanesRun(std::deque<Lane>& lanes, const Options& options, Transports& transports)
    : lanes_(lanes),
      options_(options),
      transports_(transports),
      stop_(lanes.back().shape().length(), lanes.back().plan().http.timeout + kStopGrace) {
  std::vector<Surroundings> around;
  for (Lane& lane : lanes_) around.push_back(lane.surroundings(*options_.clock, stop_));
  for (unsigned i = 0; i < options_.workers; ++i) {
    workers_.push_back(
        std::make_unique<Worker>(around, *transports_[i], Part{i, options_.workers}));
  }
}

Result<LanesOutcome> LanesRun::go() {
  if (const Result<void> started = threads_.start(workers_); !started) {
    return failure(started.error());
  }
  for (Lane& lane : lanes_) lane.begin();
  epoch_ = {options_.clock->now(), options_.clock->wall()};
  last_second_.since = epoch_.start;
  if (options_.begun) options_.begun(epoch_.start);
  threads_.go(epoch_);
  watch();
  threads_.join();
  collect();
  return outcome();
}

void LanesRun::watch() {
  while (!have_finished()) {
    heed_stop_request();
    heed_data();
    if (elapsed() < next_look_ + kDelivery) continue;
    collect();
    look();
    while (next_look_ + kDelivery <= elapsed()) next_look_ += kSecond;
  }
}

// Waits a moment for it. A worker tells all lanes at once.
bool LanesRun::have_finished() {
  return std::all_of(lanes_.begin(), lanes_.end(),
                     [&](Lane& lane) { return lane.wait_for_finish(options_.workers, kPoll); });
}

void LanesRun::heed_stop_request() {
  const int request = options_.stop_request == nullptr ? 0 : options_.stop_request->load();
  if (request <= request_seen_) return;
  request_seen_ = request;
  if (request == 1) {
    stop_gently();
  } else {
    stop_.now(elapsed());
    wake_workers();
  }
}

// Ends the run where data that ran out leave no lane anything to do.
void LanesRun::heed_data() {
  if (elapsed() >= stop_.end()) return;
  is_ended_by_data_ = true;
  for (std::size_t i = 0; i < lanes_.size(); ++i) {
    if (!lanes_[i].is_ended_by_data(nobody_has_data(i))) is_ended_by_data_ = false;
  }
  if (is_ended_by_data_) stop_gently();
}

bool LanesRun::nobody_has_data(std::size_t lane) const {
  const auto is = [lane](Supply supply) {
    return [=](const auto& worker) { return worker->supply(lane) == supply; };
  };
  return std::any_of(workers_.begin(), workers_.end(), is(Supply::run_dry)) &&
         std::none_of(workers_.begin(), workers_.end(), is(Supply::enough));
}

void LanesRun::look() {
  for (std::size_t i = 0; i < lanes_.size(); ++i) lanes_[i].note_users(next_look_, users(i));
  show_progress(next_look_);
  const bool is_stopping = next_look_ >= stop_.end();
  if (is_stopping || !options_.stop_rule) return;
  const std::optional<std::string> reason =
      options_.stop_rule(next_look_, lanes_.back().ledger().collector());
  if (!reason) return;
  stopped_because_ = *reason;
  stop_gently();
}

void LanesRun::show_progress(Nanoseconds elapsed) {
  if (options_.observer == nullptr) return;
  const TimePoint now = options_.clock->now();
  Progress progress;
  progress.elapsed = elapsed;
  const LoadShape& shape = lanes_.back().shape();
  progress.length = shape.length();
  progress.stage = lanes_.back().plan().stages[shape.stage_at(elapsed)].name;
  for (std::size_t i = 0; i < lanes_.size(); ++i) {
    progress.users += users(i);
    progress.rate += lanes_[i].arrivals().rate_at(elapsed);
    progress.requests += lanes_[i].ledger().requests();
    progress.failures += lanes_[i].ledger().failures();
    progress.so_far.push_back({lanes_[i].side(), &lanes_[i].ledger().collector()});
  }
  const double length = seconds(now - last_second_.since);
  progress.requests_per_second = static_cast<double>(last_second_.requests) / length;
  progress.begun_per_second = static_cast<double>(last_second_.begun) / length;
  progress.p50 = last_second_.response_times.quantile(0.5);
  progress.p95 = last_second_.response_times.quantile(0.95);
  options_.observer->progress(progress);
  last_second_.clear(now);
}

void LanesRun::stop_gently() {
  stop_.gently(elapsed());
  wake_workers();
}

void LanesRun::wake_workers() {
  for (const auto& transport : transports_) transport->wake();
}

void LanesRun::collect() {
  LastSecond* last_second = options_.observer == nullptr ? nullptr : &last_second_;
  for (Lane& lane : lanes_) lane.collect(last_second);
}

unsigned LanesRun::users(std::size_t lane) const {
  unsigned users = 0;
  for (const auto& worker : workers_) users += worker->users(lane);
  return users;
}

LanesOutcome::OfLane LanesRun::outcome_of(std::size_t lane) {
  std::vector<Worker::Account> accounts;
  for (const auto& worker : workers_) accounts.push_back(worker->account(lane));
  LanesOutcome::OfLane outcome{lanes_[lane].close(accounts, stop_.end(), is_ended_by_data_),
                               lanes_[lane].drawn_rows()};
  metrics::RunInfo& info = outcome.result.info;
  info.seed = options_.seed;
  info.workers = options_.workers;
  info.started = epoch_.wall;
  info.interrupted = request_seen_ > 0;
  return outcome;
}

LanesOutcome LanesRun::outcome() {
  LanesOutcome outcome;
  Nanoseconds length{};
  for (std::size_t i = 0; i < lanes_.size(); ++i) {
    outcome.lanes.push_back(outcome_of(i));
    length = std::max(length, outcome.lanes[i].result.info.length);
  }
  for (LanesOutcome::OfLane& lane : outcome.lanes) lane.result.info.length = length;
  outcome.stopped_because = stopped_because_;
  return outcome;
}

}  // namespace

Result<LanesOutcome> run_lanes(const std::vector<LaneTerms>& terms, const Options& options) {
  assert(options.workers >= 1 && !terms.empty());
  unsigned users = 0;
  for (const LaneTerms& each : terms) users += LoadShape(each.plan->stages).most_users();
  Limits limits = raise_limits();
  if (const auto reason = shortage(users, options.workers, limits)) return failure(*reason);
  limits.descriptors /= terms.size();
  std::deque<Lane> lanes;  // Outlive the transports, as their scripts must.
  for (const LaneTerms& each : terms) lanes.emplace_back(each, options, limits);
  Result<Transports> transports = make_transports(options);
  if (!transports) return failure(transports.error());
  return LanesRun(lanes, options, *transports).go();
}

}  // namespace loadgate::load
