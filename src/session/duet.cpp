#include "session/duet.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "base/units.h"
#include "gate/duet_looks.h"
#include "gate/judge.h"
#include "session/duet_rate.h"
#include "session/joined_head.h"
#include "session/reports.h"
#include "session/run_info.h"

namespace loadgate::session {
namespace {

// Epochs that the generator spoilt are run again, at most so many.
constexpr unsigned kMostSpoilt = 4;
constexpr Nanoseconds kShortStart = std::chrono::seconds(1);

// An epoch with the starts before it; some time where no trial has measured these.
Nanoseconds time_of(const metrics::Duet& duet, Nanoseconds start_took) {
  if (duet.restart == plan::Restart::never) return duet.epoch_length;
  return duet.epoch_length + 2 * std::max(start_took, kShortStart);
}

// The observer of a run told of an epoch as a part of the duet.
class EpochObserver final : public load::Observer {
 public:
  EpochObserver(load::Observer* observer, const metrics::Duet& duet, TimePoint began)
      : observer_(observer), duet_(duet), began_(began) {}

  void progress(const load::Progress& now) override {
    if (observer_ == nullptr) return;
    load::Progress whole = now;
    whole.elapsed = SteadyClock().now() - began_;
    whole.length = std::max<Nanoseconds>(whole.elapsed, duet_.epoch_length * duet_.most_epochs);
    whole.stage = duet_.most_epochs == 0 ? "trial"
                                         : fmt::format("epoch {} of at most {}",
                                                       duet_.epochs.size() + 1, duet_.most_epochs);
    observer_->progress(whole);
  }

 private:
  load::Observer* observer_;
  const metrics::Duet& duet_;
  TimePoint began_;
};

MeasureOptions with_observer(MeasureOptions options, load::Observer& observer) {
  options.observer = &observer;
  return options;
}

metrics::RunResult empty_duet() {
  metrics::RunResult result;
  result.duet.emplace();
  return result;
}

// One duet, from the first start to the result without a verdict.
class Match {
 public:
  Match(DuetPlans plans, const DuetOptions& options);

  metrics::RunResult go();

 private:
  bool settle_load();
  void plan_epochs(double rate, Nanoseconds start_took);
  void run_epochs();
  bool take(EpochRun run);  // False where the duet ends with it.
  bool fits(Nanoseconds epoch);
  bool is_over() const;
  std::ptrdiff_t epochs_that_count() const;
  void say_look() const;
  void say(const std::string& line) const;
  metrics::RunResult close();

  const DuetOptions& options_;
  DuetPlans plans_;
  const plan::Plan plan_;  // Head's, with all of its stages.
  const SteadyClock clock_;
  const TimePoint began_;
  metrics::RunResult result_;
  EpochObserver observer_;
  MeasureOptions measure_;
  SideBySide builds_;
  EpochLoad load_;
  JoinedHead head_;
  unsigned spoilt_ = 0;
};

Match::Match(DuetPlans plans, const DuetOptions& options)
    : options_(options),
      plans_(std::move(plans)),
      plan_(plans_.head[0]),
      began_(clock_.now()),
      result_(empty_duet()),
      observer_(options.measure.observer, *result_.duet, began_),
      measure_(with_observer(options.measure, observer_)),
      builds_(plans_, measure_, options_.out) {
  result_.info = info_of(plan_, options_.measure);
  result_.info.plan_file = options_.plan_file;
  result_.info.commit = options_.commit;
  result_.duet->base = options_.base;
  result_.duet->head = options_.head;
  // What loadgate does not start it cannot start again.
  result_.duet->restart = plan_.start ? plan_.duet.restart : plan::Restart::never;
  result_.duet->is_same_build = options_.is_same_build;
  result_.duet->is_fixed = options_.epochs.has_value();
}

metrics::RunResult Match::go() {
  if (settle_load()) run_epochs();
  return close();
}

// False where there is nothing to go on with.
bool Match::settle_load() {
  const std::optional<double> rate = options_.rate ? options_.rate : plan_.duet.rate;
  if (rate) {
    plan_epochs(*rate, {});
    return true;
  }
  say("a short trial finds the load that both builds can bear");
  FoundRate found = find_rate(builds_, plan_);
  result_.health.invalid = found.trouble;
  result_.info.interrupted = found.is_interrupted;
  if (!found.trouble.empty() || found.is_interrupted) return false;
  plan_epochs(found.rate, found.start_took);
  if (!found.fatal) return true;
  result_.duet->epochs.push_back(std::move(*found.fatal));
  return false;
}

void Match::plan_epochs(double rate, Nanoseconds start_took) {
  metrics::Duet& duet = *result_.duet;
  duet.rate = rate;
  duet.epoch_length = start_took > kLongStart ? kLongEpoch : kEpoch;
  duet.most_epochs = options_.epochs
                         ? *options_.epochs
                         : static_cast<unsigned>(gate::most_epochs(time_of(duet, start_took)));
  load_ = {duet.rate, duet.epoch_length, kEpochWarmup};
  plan::Plan plan = plan_;
  set_load(plan, load_);
  result_.judging = load::judging_of(plan);
  say(fmt::format("{:.3g} iterations a second for each build, {} epochs of {}", duet.rate,
                  options_.epochs ? fmt::format("{}", duet.most_epochs)
                                  : fmt::format("at most {}", duet.most_epochs),
                  format_duration(duet.epoch_length)));
}

void Match::run_epochs() {
  for (std::uint32_t number = 0; !is_over(); ++number) {
    EpochRun run = builds_.run(number, load_);
    const Nanoseconds took = run.took;
    if (!take(std::move(run))) return;
    if (number == 0 && !fits(took)) return;
    if (options_.epochs || !result_.duet->epochs.back().counts()) continue;
    say_look();
    if (gate::is_decided(result_)) return;
  }
}

// How many epochs there can be is known once the first has shown what starts and stops
// take: before any look, so that it hangs on nothing that is judged. False where they are
// too few for a verdict.
bool Match::fits(Nanoseconds epoch) {
  metrics::Duet& duet = *result_.duet;
  if (options_.epochs) return true;
  duet.most_epochs =
      std::min(duet.most_epochs, static_cast<std::uint32_t>(gate::most_epochs(epoch)));
  if (duet.most_epochs >= gate::kFewestEpochs) return true;
  result_.health.invalid.push_back(
      fmt::format("an epoch takes {} with starting and stopping both builds, so that only {} fit "
                  "into {}, and a verdict takes {}: make the builds start and stop sooner, or use "
                  "`duet: {{ restart: never }}`",
                  format_duration(std::chrono::floor<std::chrono::seconds>(epoch)),
                  duet.most_epochs, format_duration(gate::kLongestDuet), gate::kFewestEpochs));
  return false;
}

bool Match::is_over() const { return epochs_that_count() >= result_.duet->most_epochs; }

std::ptrdiff_t Match::epochs_that_count() const {
  const auto& epochs = result_.duet->epochs;
  return std::count_if(epochs.begin(), epochs.end(),
                       [](const metrics::Epoch& one) { return one.counts(); });
}

bool Match::take(EpochRun run) {
  if (!run.trouble.empty()) {
    result_.health.invalid = std::move(run.trouble);
    return false;
  }
  result_.info.interrupted = run.is_interrupted;
  if (run.is_interrupted) return false;
  const bool are_well = run.epoch.base.died.empty() && run.epoch.head.died.empty();
  if (run.is_cut_short && are_well && run.aborted.empty()) {
    for (const std::string& warning : run.head.health.warnings) say(warning);
    result_.health.warnings = run.head.health.warnings;
    return false;
  }
  const bool counts = run.epoch.counts();
  if (counts) {
    head_.add(run.head, run.epoch);
  } else {
    say(fmt::format("the load generator spoilt an epoch ({}): it does not count",
                    run.epoch.spoilt));
  }
  result_.duet->epochs.push_back(std::move(run.epoch));
  result_.info.aborted = std::move(run.aborted);
  if (!counts && ++spoilt_ > kMostSpoilt) {
    result_.health.invalid = run.head.health.invalid;
    return false;
  }
  return are_well && result_.info.aborted.empty();
}

// At most a line for each look, so that a log stays readable.
void Match::say_look() const {
  const std::ptrdiff_t counted = epochs_that_count();
  const std::vector<int> looks = gate::planned_looks(static_cast<int>(result_.duet->most_epochs));
  if (std::find(looks.begin(), looks.end(), counted) == looks.end()) return;
  say(fmt::format(
      "{} epochs after {}", counted,
      format_duration(std::chrono::floor<std::chrono::seconds>(clock_.now() - began_))));
}

void Match::say(const std::string& line) const {
  if (options_.measure.say) options_.measure.say(line);
}

metrics::RunResult Match::close() {
  builds_.close();
  result_.info.length = clock_.now() - began_;
  head_.finish(result_);
  metrics::join_epochs(result_);
  return std::move(result_);
}

}  // namespace

metrics::RunResult measure_duet(DuetPlans plans, const DuetOptions& options) {
  return Match(std::move(plans), options).go();
}

Result<JudgedRun> duet(DuetPlans plans, const DuetOptions& options) {
  const Result<void> prepared = prepare_folder(options.out);
  if (!prepared) return failure(prepared.error());
  metrics::RunResult run = measure_duet(std::move(plans), options);
  gate::Verdict verdict = gate::judge(run, std::nullopt);
  return deliver(std::move(run), std::move(verdict), options.out, options.junit_family);
}

}  // namespace loadgate::session
