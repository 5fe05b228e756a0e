#include "service/service.h"

#include <fmt/format.h>

#include <algorithm>
#include <system_error>
#include <utility>

#include "base/file.h"
#include "base/units.h"

namespace loadgate::service {
namespace {

// Where nobody should answer yet, a refusal comes at once; silence is as good.
constexpr Nanoseconds kTakenPatience = std::chrono::milliseconds(500);
// How soon a stop request is seen while a command runs.
constexpr Nanoseconds kLook = std::chrono::milliseconds(100);

std::vector<std::pair<std::string, std::string>> environment_of(const plan::Start& start) {
  std::vector<std::pair<std::string, std::string>> environment = start.environment;
  const bool has_port = std::any_of(environment.begin(), environment.end(),
                                    [](const auto& variable) { return variable.first == "PORT"; });
  if (!has_port) environment.emplace_back("PORT", std::to_string(start.port));
  return environment;
}

// Nothing ran that could have said more.
tl::unexpected<Trouble> unquoted(std::string sentence) {
  return tl::unexpected(Trouble{std::move(sentence), {}, {}});
}

}  // namespace

Service::Service(plan::Start start, Options options)
    : plan_(std::move(start)), options_(std::move(options)) {}

Service::~Service() {
  stop();
  if (prepared_) prepared_->stop(kStopPatience, options_.stop_request);
}

Service::Outcome Service::start() {
  if (!is_prepared_) {
    Outcome prepared = prepare();
    if (!prepared || *prepared == Started::interrupted) return prepared;
    is_prepared_ = true;
  }
  Outcome launched = launch();
  if (!launched || *launched == Started::interrupted) stop();
  return launched;
}

Service::Outcome Service::prepare() {
  Outcome begun = begin_log();
  if (!begun || plan_.prepare.empty()) return begun;
  say("preparing the service: " + plan_.prepare);
  auto kept = spawn(plan_.prepare);
  if (!kept) return tl::unexpected(kept.error());
  Outcome done = run_to_its_end(*kept);
  if (!done || *done == Started::interrupted) {
    kept->stop(kStopPatience, options_.stop_request);
  } else {
    prepared_.emplace(std::move(*kept));
  }
  return done;
}

Service::Outcome Service::begin_log() const {
  std::error_code unseen;
  if (options_.appends && std::filesystem::exists(options_.log, unseen)) return Started::ready;
  const Result<void> begun = write_file(options_.log, "");
  if (!begun) return unquoted(begun.error().during("keeping the service's log").text);
  return Started::ready;
}

Service::Outcome Service::run_to_its_end(process::Kept& kept) const {
  const TimePoint until = clock_.now() + kPreparePatience;
  while (!kept.ended(kLook)) {
    if (is_stop_requested()) return Started::interrupted;
    if (clock_.now() >= until) {
      return trouble(
          fmt::format("prepare did not end within {}", format_duration(kPreparePatience)));
    }
  }
  if (kept.ended()->is_success()) return Started::ready;
  return trouble(fmt::format("prepare failed ({})", process::describe(*kept.ended())));
}

Service::Outcome Service::launch() {
  if (is_stop_requested()) return Started::interrupted;
  // It would be measured instead of ours, which then mostly dies for want of a port.
  if (options_.probe.ask(kTakenPatience)) {
    return unquoted(
        fmt::format("{} answers before the service is started: something else runs there; stop "
                    "it, or give the service a port of its own with {{{{ port }}}}",
                    options_.probe.place));
  }
  say(fmt::format("starting the service: {} (its log: {})", plan_.command, options_.log.string()));
  auto kept = spawn(plan_.command);
  if (!kept) return tl::unexpected(kept.error());
  running_.emplace(std::move(*kept));
  const TimePoint began = clock_.now();
  Outcome ready = await_ready();
  start_took_ = clock_.now() - began;
  return ready;
}

Service::Outcome Service::await_ready() {
  Waited waited = wait_until_ready(
      options_.probe,
      {options_.within, &clock_, [this](Nanoseconds length) { return pause(length); }});
  // Also where someone answered: it was not this service.
  if (running_->ended()) waited.end = Readiness::ended;
  switch (waited.end) {
    case Readiness::ready:
      say("the service is ready after " + format_latency(waited.took));
      return Started::ready;
    case Readiness::interrupted:
      return Started::interrupted;
    case Readiness::ended:
      return trouble(fmt::format("the service ended before it was ready ({})",
                                 process::describe(*running_->ended())));
    case Readiness::too_late:
      break;
  }
  return trouble(fmt::format("the service was not ready within {} ({})",
                             format_duration(options_.within), waited.last_seen));
}

std::optional<Readiness> Service::pause(Nanoseconds length) {
  if (running_->ended(length)) return Readiness::ended;
  return is_stop_requested() ? std::optional(Readiness::interrupted) : std::nullopt;
}

std::optional<Trouble> Service::death(TimePoint run_began) {
  if (!running_ || !running_->ended()) return std::nullopt;
  const process::Ending& ending = *running_->ended();
  const Nanoseconds into = std::max(ending.when - run_began, Nanoseconds::zero());
  return trouble(fmt::format("the service ended by itself {} into the run ({})",
                             format_duration(std::chrono::floor<std::chrono::seconds>(into)),
                             process::describe(ending)))
      .value();
}

std::optional<pid_t> Service::keeper() const {
  return running_ ? std::optional(running_->keeper()) : std::nullopt;
}

void Service::ask_to_stop() {
  if (!running_ || had_ended_) return;
  had_ended_ = running_->ended().has_value();
  running_->ask_to_stop(kStopPatience);
}

void Service::stop() {
  if (!running_) return;
  ask_to_stop();
  const auto stopped = running_->stop(kStopPatience, options_.stop_request);
  running_.reset();
  const bool had_ended = *std::exchange(had_ended_, std::nullopt);
  if (stopped == process::Kept::Stopped::gently || had_ended) return;
  if (options_.stop_request != nullptr && *options_.stop_request >= 2) return;
  say(fmt::format("the service did not end within {} of SIGTERM and was killed",
                  format_duration(kStopPatience)));
}

tl::expected<process::Kept, Trouble> Service::spawn(const std::string& command) {
  std::error_code none_yet;
  log_begin_ = std::filesystem::file_size(options_.log, none_yet);
  if (none_yet) log_begin_ = 0;
  Result<process::Kept> kept = process::Kept::start({.text = command,
                                                     .directory = plan_.directory,
                                                     .log = options_.log,
                                                     .environment = environment_of(plan_)});
  if (!kept) return unquoted(kept.error().during("starting the service").text);
  return std::move(*kept);
}

tl::unexpected<Trouble> Service::trouble(const std::string& sentence) const {
  return tl::unexpected(
      Trouble{sentence, last_lines(options_.log, log_begin_, options_.mask), options_.log});
}

bool Service::is_stop_requested() const {
  return options_.stop_request != nullptr && *options_.stop_request > 0;
}

void Service::say(const std::string& line) const {
  if (options_.say) options_.say(options_.mask(line));
}

}  // namespace loadgate::service
