#include "service/readiness.h"

#include <fmt/format.h>

#include <algorithm>

#include "transport/curl_transport.h"

namespace loadgate::service {
namespace {

Probe url_probe(const std::string& url, const transport::Options& wire) {
  return {url, [url, wire](Nanoseconds patience) -> Result<void> {
            const Result<int> status = transport::probe_status(url, wire, patience);
            if (!status) return failure(status.error());
            if (*status >= 400) return failure(fmt::format("{} answers {}", url, *status));
            return {};
          }};
}

Probe connection_probe(const std::string& target, const transport::Options& wire) {
  return {target, [target, wire](Nanoseconds patience) -> Result<void> {
            const Result<transport::Options> reached = transport::reach(target, wire, patience);
            if (!reached) return failure(reached.error());
            return {};
          }};
}

}  // namespace

Probe probe_of(const plan::Plan& plan) {
  transport::Options wire;
  wire.http = plan.http;
  const bool has_url = plan.ready && !plan.ready->url.empty();
  return has_url ? url_probe(plan.ready->url, wire) : connection_probe(plan.target, wire);
}

Waited wait_until_ready(const Probe& probe, const Wait& wait) {
  const TimePoint begin = wait.clock->now();
  const TimePoint until = begin + wait.within;
  Nanoseconds patience = kFirstProbe;
  Waited waited{Readiness::too_late, {}, {}};
  for (TimePoint asked = begin; asked < until; asked = wait.clock->now()) {
    const Result<void> answer = probe.ask(std::min(patience, until - asked));
    const TimePoint now = wait.clock->now();
    waited.took = now - begin;
    if (answer) {
      waited.end = Readiness::ready;
      return waited;
    }
    waited.last_seen = answer.error().text;
    if (now - asked >= patience) patience = std::min(2 * patience, kLongestProbe);
    if (const auto reason = wait.pause(kBetweenProbes)) {
      waited.end = *reason;
      return waited;
    }
  }
  return waited;
}

}  // namespace loadgate::service
