#include "session/epoch.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string>

#include "base/random.h"
#include "load/pairs.h"
#include "monitor/watcher.h"
#include "session/secrets.h"
#include "session/stop_rules.h"
#include "transport/curl_transport.h"
#include "transport/origin.h"

namespace loadgate::session {
namespace {

// Beyond the plan's own stages: of epochs, and of the streams that pairs are drawn from.
std::uint64_t seed_of(std::uint64_t seed, std::uint32_t epoch) {
  return Random::stream(seed, epoch).next() >> 11U;
}

// Whoever answers at a port of this machine can be watched, though we did not start it.
std::optional<unsigned short> local_port(const std::string& target) {
  const std::optional<transport::Origin> origin = transport::origin_of(target);
  if (!origin) return std::nullopt;
  const std::string& host = origin->host;
  if (host != "127.0.0.1" && host != "localhost" && host != "[::1]") return std::nullopt;
  return static_cast<unsigned short>(std::stoul(origin->port));
}

std::vector<monitor::Subject> subjects_of(const ServiceUnderTest& service, const plan::Plan& plan) {
  for (monitor::Subject& subject : service.subjects()) {
    if (std::holds_alternative<monitor::KeptBy>(subject.what)) return {std::move(subject)};
  }
  const std::optional<unsigned short> port = local_port(plan.target);
  if (!port) return {};
  plan::Watch watch;
  watch.name = "service";
  watch.port = *port;
  return {{.name = watch.name, .what = watch}};
}

// A duet chooses how much is sent, so that is no reason to abort it.
bool is_of_the_load(const plan::Threshold& threshold) {
  return threshold.metric == plan::Metric::requests ||
         threshold.metric == plan::Metric::requests_per_second;
}

const char* name_of(metrics::Side side) { return side == metrics::Side::base ? "base" : "head"; }

transport::Options joined(transport::Options one, const transport::Options& other) {
  one.addresses.insert(one.addresses.end(), other.addresses.begin(), other.addresses.end());
  return one;
}

}  // namespace

SideBySide::SideBySide(DuetPlans& plans, const MeasureOptions& options,
                       const std::filesystem::path& out)
    : options_(options),
      base_{.which = metrics::Side::base, .plans = &plans.base},
      head_{.which = metrics::Side::head, .plans = &plans.head},
      restart_(plans.head[0].duet.restart),
      began_(SteadyClock().now()) {
  for (Side* side : {&base_, &head_}) {
    const std::string name = name_of(side->which);
    const std::filesystem::path log = out / (name + ".log");
    std::error_code ignored;
    std::filesystem::remove(log, ignored);  // Of the duet before; both places append to one.
    for (std::size_t place = 0; place < 2; ++place) {
      side->services[place] = std::make_unique<ServiceUnderTest>(
          (*side->plans)[place], ServiceUnderTest::Options{.log = log,
                                                           .appends = true,
                                                           .stop_request = options.stop_request,
                                                           .say = saying(name)});
    }
  }
}

// What is said of the first start; later ones say the same.
std::function<void(const std::string&)> SideBySide::saying(const std::string& name) const {
  if (!options_.say) return {};
  return [this, name](const std::string& line) {
    if (runs_ <= 1) options_.say(name + ": " + line);
  };
}

// Ports and the order of starting swap so that in four epochs all four ways occur.
void SideBySide::seat(std::uint32_t number, metrics::Epoch& epoch) {
  const bool is_swapped = restart_ == plan::Restart::each_epoch && number % 2 == 1;
  base_.place = is_swapped ? 1 : 0;
  head_.place = 1 - base_.place;
  const bool is_head_first = (number / 2) % 2 == 1;
  epoch.base.started_first = !is_head_first;
  epoch.head.started_first = is_head_first;
}

bool SideBySide::open(Side& side, metrics::EpochSide& record, EpochRun& run) {
  record.target = without_secrets(side.plan().target, side.plan());
  if (side.is_open) return true;
  auto wire = side.service().open();
  if (!wire && side.has_served && !side.plan().start) {
    record.died = wire.error().front();  // It ran where we did not start it, and is gone.
    return false;
  }
  if (!wire) {
    run.trouble = std::move(wire.error());
    run.trouble.front() = fmt::format("{}: {}", name_of(side.which), run.trouble.front());
    return false;
  }
  if (!*wire) {
    run.is_interrupted = true;
    return false;
  }
  side.wire = std::move(**wire);
  side.is_open = side.has_served = true;
  record.start_took = side.service().start_took();
  return true;
}

// Whoever is gone, the other is asked too: a head that is gone alone is head's fault.
bool SideBySide::open_both(EpochRun& run) {
  std::array<Side*, 2> sides{&base_, &head_};
  if (run.epoch.head.started_first) std::swap(sides[0], sides[1]);
  bool are_open = true;
  for (Side* side : sides) {
    metrics::EpochSide& record = side == &base_ ? run.epoch.base : run.epoch.head;
    are_open = open(*side, record, run) && are_open;
    if (!run.trouble.empty() || run.is_interrupted) return false;
  }
  return are_open;
}

EpochRun SideBySide::run(std::uint32_t number, const EpochLoad& load) {
  ++runs_;
  const SteadyClock clock;
  EpochRun run;
  metrics::Epoch& epoch = run.epoch;
  epoch.number = number;
  epoch.began = clock.now() - began_;
  seat(number, epoch);
  for (Side* side : {&base_, &head_}) set_load(side->plan(), load);
  const bool is_open = open_both(run);
  const TimePoint opened = clock.now();
  if (is_open) put_load(run);
  if (restart_ == plan::Restart::each_epoch || !is_open) close();
  run.took = epoch.base.start_took + epoch.head.start_took + (clock.now() - opened);
  return run;
}

void SideBySide::put_load(EpochRun& run) {
  metrics::Epoch& epoch = run.epoch;
  const plan::Plan& plan = head_.plan();
  metrics::Judging judging = load::judging_of(plan);
  std::erase_if(judging.thresholds, is_of_the_load);
  epoch.held = judging.stages.front().held;

  std::vector<monitor::Subject> subjects = subjects_of(base_.service(), base_.plan());
  const std::size_t of_base = subjects.size();
  for (monitor::Subject& one : subjects_of(head_.service(), plan)) {
    subjects.push_back(std::move(one));
  }
  monitor::Watcher watcher(std::move(subjects));
  const SteadyClock clock;
  TimePoint began = clock.now();
  StopRules rules(plan, judging);

  load::Options options;
  options.seed = seed_of(options_.seed, epoch.number);
  options.workers = options_.workers;
  options.make_transport = [wire = joined(base_.wire, head_.wire)] {
    return transport::make_curl_transport(wire);
  };
  options.clock = &clock;
  options.observer = options_.observer;
  options.stop_request = options_.stop_request;
  options.begun = [&](TimePoint start) {
    began = start;
    watcher.begin(start, {epoch.held.from, epoch.held.to});
  };
  options.stop_rule = [&](Nanoseconds elapsed,
                          const metrics::Collector& head) -> std::optional<std::string> {
    for (Side* side : {&base_, &head_}) {
      if (!side->service().death(began).empty()) return "a build has ended";
    }
    return epoch.number == kTrial ? std::nullopt : rules.abort(elapsed, head);
  };

  Result<load::PairOutcome> outcome =
      load::run_pairs({&base_.plan(), &plan, base_.rows, head_.rows}, options);
  if (!outcome) {
    run.trouble = {without_secrets(outcome.error().text, plan)};
    return;
  }
  monitor::Watched watched = watcher.end();
  epoch.machine = std::move(watched.machine);
  if (of_base > 0) epoch.base.use = std::move(watched.services[0]);
  if (watched.services.size() > of_base) epoch.head.use = std::move(watched.services[of_base]);
  for (Side* side : {&base_, &head_}) {
    metrics::EpochSide& record = side == &base_ ? epoch.base : epoch.head;
    const Reasons death = side->service().death(began);
    if (!death.empty()) record.died = death.front();
  }
  base_.rows = std::move(outcome->base_rows);
  head_.rows = std::move(outcome->head_rows);
  epoch.base.series = std::move(outcome->base.series);
  epoch.head.series = std::move(outcome->head.series);
  run.head = std::move(outcome->head);
  run.is_interrupted = run.head.info.interrupted;
  if (rules.was_aborted()) run.aborted = outcome->stopped_because;
  run.is_cut_short = run.head.judging.stages.front().held.to < epoch.held.to;
  const bool is_well = epoch.base.died.empty() && epoch.head.died.empty();
  if (is_well && !run.head.health.invalid.empty()) epoch.spoilt = run.head.health.invalid.front();
}

void SideBySide::close() {
  for (Side* side : {&base_, &head_}) {
    for (const auto& service : side->services) service->begin_to_close();
  }
  for (Side* side : {&base_, &head_}) {
    for (const auto& service : side->services) service->close();
    side->is_open = false;
  }
}

}  // namespace loadgate::session
