#include "session/service_under_test.h"

#include <fmt/format.h>
#include <poll.h>

#include <utility>

#include "base/units.h"
#include "session/secrets.h"

namespace loadgate::session {
namespace {

// A target that does not answer within this will not do so under load.
constexpr Nanoseconds kReachPatience = std::chrono::seconds(5);

service::Options service_options(const plan::Plan& plan, const ServiceUnderTest::Options& options) {
  return {.probe = service::probe_of(plan),
          .within = plan.ready.value_or(plan::Ready{}).within,
          .log = options.log,
          .appends = options.appends,
          .stop_request = options.stop_request,
          .say = options.say,
          .mask = [&plan](const std::string& text) { return without_secrets(text, plan); }};
}

}  // namespace

ServiceUnderTest::ServiceUnderTest(const plan::Plan& plan, Options options)
    : plan_(plan), options_(std::move(options)) {
  if (!plan.start) return;
  service_ = std::make_unique<service::Service>(*plan.start, service_options(plan, options_));
}

ServiceUnderTest::Opened ServiceUnderTest::open() {
  if (service_) {
    const auto started = service_->start();
    if (!started) return tl::unexpected(masked(started.error().reasons()));
    if (*started == service::Started::interrupted) return std::nullopt;
  } else if (plan_.ready) {
    Opened awaited = await_ready();
    if (!awaited || !*awaited) return awaited;
  }
  Opened connected = connect();
  if (!connected) close();
  return connected;
}

ServiceUnderTest::Opened ServiceUnderTest::await_ready() const {
  const SteadyClock clock;
  const auto pause = [this](Nanoseconds length) -> std::optional<service::Readiness> {
    // Ends early on a signal.
    ::poll(nullptr, 0, static_cast<int>(length / std::chrono::milliseconds(1)));
    const bool is_stopped = options_.stop_request != nullptr && *options_.stop_request > 0;
    return is_stopped ? std::optional(service::Readiness::interrupted) : std::nullopt;
  };
  const service::Probe probe = service::probe_of(plan_);
  if (options_.say) options_.say(without_secrets("waiting for " + probe.place, plan_));
  const service::Waited waited =
      service::wait_until_ready(probe, {plan_.ready->within, &clock, pause});
  if (waited.end == service::Readiness::ready) return transport::Options{};
  if (waited.end == service::Readiness::interrupted) return std::nullopt;
  return tl::unexpected(
      masked({fmt::format("{} was not ready within {} ({})", probe.place,
                          format_duration(plan_.ready->within), waited.last_seen)}));
}

ServiceUnderTest::Opened ServiceUnderTest::connect() const {
  transport::Options wire;
  wire.http = plan_.http;
  const std::vector<std::string> origins =
      plan_.origins.empty() ? std::vector{plan_.target} : plan_.origins;
  Result<transport::Options> reached = transport::reach_all(origins, wire, kReachPatience);
  if (!reached) return tl::unexpected(masked({reached.error().text}));
  return std::move(*reached);
}

Reasons ServiceUnderTest::death(TimePoint run_began) {
  if (!service_) return {};
  const std::optional<service::Trouble> trouble = service_->death(run_began);
  return trouble ? masked(trouble->reasons()) : Reasons{};
}

std::vector<monitor::Subject> ServiceUnderTest::subjects() const {
  std::vector<monitor::Subject> subjects;
  const std::optional<pid_t> keeper = service_ ? service_->keeper() : std::nullopt;
  if (keeper) subjects.push_back({.name = "service", .what = monitor::KeptBy{*keeper}});
  for (const plan::Watch& watch : plan_.watches) {
    subjects.push_back({.name = watch.name, .what = watch});
  }
  return subjects;
}

void ServiceUnderTest::begin_to_close() {
  if (service_) service_->ask_to_stop();
}

void ServiceUnderTest::close() {
  if (service_) service_->stop();
}

Reasons ServiceUnderTest::masked(Reasons reasons) const {
  for (std::string& reason : reasons) reason = without_secrets(reason, plan_);
  return reasons;
}

}  // namespace loadgate::session
