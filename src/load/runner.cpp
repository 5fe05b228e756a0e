#include "load/runner.h"

#include <pthread.h>
#include <sched.h>
#include <signal.h>

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <cassert>
#include <system_error>
#include <thread>

#include "load/arrivals.h"
#include "load/ledger.h"
#include "load/limits.h"
#include "load/load_shape.h"
#include "load/mailbox.h"
#include "load/surroundings.h"
#include "load/worker.h"

namespace loadgate::load {
namespace {

constexpr Nanoseconds kSecond = std::chrono::seconds(1);
// How soon a stop request is seen.
constexpr Nanoseconds kPoll = std::chrono::milliseconds(20);
// How long after a second is over the workers' share of it is surely in the mailbox.
constexpr Nanoseconds kDelivery = std::chrono::milliseconds(50);

// Threads begun meanwhile take no signal: those are for the main thread, and a broken
// connection must not end the process.
class SignalsBlocked {
 public:
  SignalsBlocked() {
    sigset_t all;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before_);
  }
  ~SignalsBlocked() { pthread_sigmask(SIG_SETMASK, &before_, nullptr); }
  SignalsBlocked(const SignalsBlocked&) = delete;
  SignalsBlocked& operator=(const SignalsBlocked&) = delete;

 private:
  sigset_t before_{};
};

// What came in since the last look; for the progress line.
struct LastSecond {
  TimePoint since;
  std::uint64_t requests = 0;
  metrics::Histogram response_times;

  void add(const metrics::Batch& batch) {
    for (const metrics::Batch::Cell& cell : batch.cells) {
      requests += cell.tally.requests;
      response_times.merge(cell.tally.response_times);
    }
  }
  void clear(TimePoint now) {
    since = now;
    requests = 0;
    response_times.clear();
  }
};

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
class Run {
 public:
  Run(const plan::Plan& plan, const Options& options, const Limits& limits, Transports transports);

  Result<Outcome> go();

 private:
  // Threads wait until all of them are there, or none runs.
  enum class Launch : std::uint8_t { waiting, go, off };

  Result<void> start_threads();
  void launch(Launch what);
  void watch();
  void heed_stop_request();
  void heed_data();
  bool nobody_has_data() const;
  std::optional<std::string> data_warning() const;
  void look();
  void show_progress(Nanoseconds elapsed);
  void stop_gently();
  void wake_workers();
  void collect();
  Outcome outcome();

  Nanoseconds elapsed() const { return options_.clock->now() - epoch_.start; }
  unsigned users() const;

  const plan::Plan& plan_;
  const Options& options_;
  const LoadShape shape_;
  const Arrivals arrivals_;
  const std::vector<unsigned> pool_limits_;
  const Script script_;    // Read by workers; before the transports, which it outlives.
  Transports transports_;  // A worker's each; here only woken.
  Stop stop_;
  Mailbox mailbox_;
  std::vector<std::unique_ptr<Worker>> workers_;
  Epoch epoch_;  // Set before the launch, then only read.
  std::atomic<Launch> launch_{Launch::waiting};
  std::vector<std::jthread> threads_;

  Ledger ledger_;
  Nanoseconds next_look_ = kSecond;
  LastSecond last_second_;
  int request_seen_ = 0;
  std::string stopped_because_;
  const plan::Data* data_that_ended_ = nullptr;  // The run, by running out.
};

Run::Run(const plan::Plan& plan, const Options& options, const Limits& limits,
         Transports transports)
    : plan_(plan),
      options_(options),
      shape_(plan.stages, plan.judges_ramps ? LoadShape::Held::all : LoadShape::Held::behind_ramp),
      arrivals_(plan.stages),
      pool_limits_(pool_limits(plan.stages, options.workers, limits)),
      script_(plan, options.seed, shape_.most_users()),
      transports_(std::move(transports)),
      stop_(shape_.length(), plan.http.timeout + kStopGrace),
      ledger_(plan, options.window_budget) {}

Result<Outcome> Run::go() {
  if (const Result<void> started = start_threads(); !started) {
    launch(Launch::off);
    return failure(started.error());
  }
  epoch_ = {options_.clock->now(), options_.clock->wall()};
  last_second_.since = epoch_.start;
  ledger_.begin(shape_.users_at({}));
  launch(Launch::go);
  watch();
  threads_.clear();  // Joins.
  collect();
  return outcome();
}

Result<void> Run::start_threads() {
  const Surroundings around{script_,         shape_, arrivals_, pool_limits_,
                            *options_.clock, stop_,  mailbox_};
  const SignalsBlocked blocked;
  for (unsigned i = 0; i < options_.workers; ++i) {
    workers_.push_back(
        std::make_unique<Worker>(around, *transports_[i], Part{i, options_.workers}));
    Worker& worker = *workers_.back();
    try {
      threads_.emplace_back([this, &worker] {
        launch_.wait(Launch::waiting);
        if (launch_ == Launch::go) worker.run(epoch_);
      });
    } catch (const std::system_error& error) {
      return failure(fmt::format("the system allows no {} threads ({}): use fewer --workers",
                                 options_.workers, error.what()));
    }
  }
  return {};
}

void Run::launch(Launch what) {
  launch_ = what;
  launch_.notify_all();
}

void Run::watch() {
  while (!mailbox_.wait_for_finish(options_.workers, kPoll)) {
    heed_stop_request();
    heed_data();
    if (elapsed() < next_look_ + kDelivery) continue;
    collect();
    look();
    while (next_look_ + kDelivery <= elapsed()) next_look_ += kSecond;
  }
}

void Run::heed_stop_request() {
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

// Ends the run where data that ran out says so, or nobody can go on without it.
void Run::heed_data() {
  if (data_that_ended_ != nullptr || elapsed() >= stop_.end()) return;
  DataFeeds& feeds = script_.feeds();
  data_that_ended_ = feeds.ends_run();
  if (data_that_ended_ == nullptr && nobody_has_data()) data_that_ended_ = feeds.ran_out();
  if (data_that_ended_ != nullptr) stop_gently();
}

bool Run::nobody_has_data() const {
  const auto is = [](Worker::Supply supply) {
    return [supply](const auto& worker) { return worker->supply() == supply; };
  };
  return std::any_of(workers_.begin(), workers_.end(), is(Worker::Supply::run_dry)) &&
         std::none_of(workers_.begin(), workers_.end(), is(Worker::Supply::enough));
}

std::optional<std::string> Run::data_warning() const {
  const plan::Data* data =
      data_that_ended_ != nullptr ? data_that_ended_ : script_.feeds().ran_out();
  if (data == nullptr) return std::nullopt;
  if (data_that_ended_ == nullptr && data->share == plan::Data::Share::each_user) {
    return fmt::format("users who had read all {} rows of the data \"{}\" ended", data->rows.size(),
                       data->name);
  }
  return fmt::format("the data \"{}\" ran out after {} rows, so {} ended", data->name,
                     data->rows.size(),
                     data_that_ended_ != nullptr ? "the run" : "users and arrivals that read it");
}

void Run::look() {
  ledger_.note_users(next_look_, users());
  show_progress(next_look_);
  const bool is_stopping = next_look_ >= stop_.end();
  if (is_stopping || !options_.stop_rule) return;
  const std::optional<std::string> reason = options_.stop_rule(next_look_, ledger_.collector());
  if (!reason) return;
  stopped_because_ = *reason;
  stop_gently();
}

void Run::show_progress(Nanoseconds elapsed) {
  if (options_.observer == nullptr) return;
  const TimePoint now = options_.clock->now();
  Progress progress;
  progress.elapsed = elapsed;
  progress.length = shape_.length();
  progress.stage = plan_.stages[shape_.stage_at(elapsed)].name;
  progress.users = users();
  progress.rate = arrivals_.rate_at(elapsed);
  progress.requests_per_second =
      static_cast<double>(last_second_.requests) / seconds(now - last_second_.since);
  progress.p95 = last_second_.response_times.quantile(0.95);
  progress.requests = ledger_.requests();
  progress.failures = ledger_.failures();
  options_.observer->progress(progress);
  last_second_.clear(now);
}

void Run::stop_gently() {
  stop_.gently(elapsed());
  wake_workers();
}

void Run::wake_workers() {
  for (const auto& transport : transports_) transport->wake();
}

void Run::collect() {
  for (Sealed& sealed : mailbox_.take()) {
    if (options_.observer != nullptr) last_second_.add(sealed.batch);
    ledger_.enter(std::move(sealed));
  }
}

unsigned Run::users() const {
  unsigned users = 0;
  for (const auto& worker : workers_) users += worker->users();
  return users;
}

Outcome Run::outcome() {
  std::vector<Worker::Account> accounts;
  for (const auto& worker : workers_) accounts.push_back(worker->account());
  Outcome outcome{ledger_.close(accounts, stop_.end()), stopped_because_};
  metrics::RunInfo& info = outcome.result.info;
  info.seed = options_.seed;
  info.workers = options_.workers;
  info.started = epoch_.wall;
  info.interrupted = request_seen_ > 0;
  for (const auto& warning : {lowered_pools(plan_.stages, pool_limits_), data_warning()}) {
    if (warning) outcome.result.health.warnings.push_back(*warning);
  }
  return outcome;
}

}  // namespace

Result<Outcome> run(const plan::Plan& plan, const Options& options) {
  assert(options.workers >= 1);
  const unsigned users = LoadShape(plan.stages).most_users();
  const Limits limits = raise_limits();
  if (const auto reason = shortage(users, options.workers, limits)) return failure(*reason);
  Result<Transports> transports = make_transports(options);
  if (!transports) return failure(transports.error());
  return Run(plan, options, limits, std::move(*transports)).go();
}

unsigned default_workers() {
  cpu_set_t cores;
  CPU_ZERO(&cores);
  if (sched_getaffinity(0, sizeof cores, &cores) != 0) return 1;
  return std::max(1U, static_cast<unsigned>(CPU_COUNT(&cores)) / 2);
}

}  // namespace loadgate::load
