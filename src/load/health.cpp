#include "load/health.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <string_view>

#include "base/units.h"

namespace loadgate::load {
namespace {

std::string_view less_load(const SelfWatch& watch) {
  return watch.arrivals > 0 ? "fewer users or a lower rate" : "fewer users";
}

std::string way_out(const SelfWatch& watch) {
  return fmt::format("give it more threads (--workers) or an idle machine, or use {}",
                     less_load(watch));
}

// Often enough that it was not one hiccup.
bool is_lasting(const Seconds& bad, const Seconds& all) {
  return bad.count() > 0 && bad.count() >= std::min(kSpoiltSeconds, (all.count() + 1) / 2);
}

void judge_late(const SelfWatch& watch, metrics::Health& health) {
  if (health.late_share <= watch.wanted.late_share) return;
  const std::string text =
      fmt::format("the load generator sent {} of its requests more than 10 ms late (at most {})",
                  format_share(health.late_share), format_share(watch.wanted.late_share));
  if (is_lasting(watch.late_seconds, watch.seconds)) {
    health.invalid.push_back(fmt::format("{}: {}", text, way_out(watch)));
  } else {
    health.warnings.push_back(text + ", in a hiccup of the machine");
  }
}

void judge_lag(const SelfWatch& watch, const Spent& spent, metrics::Health& health) {
  if (spent.loop_lag_p99 <= watch.wanted.loop_lag) return;
  const std::string text =
      fmt::format("the load generator took {} to get to finished requests (p99, at most {})",
                  format_latency(spent.loop_lag_p99), format_latency(watch.wanted.loop_lag));
  if (spent.is_saturated) {
    // The lag is then the queue of users that the plan asked for.
    health.warnings.push_back(text +
                              ": users without any wait keep it busy; response times "
                              "include that");
  } else if (is_lasting(watch.lagging_seconds, watch.seconds)) {
    health.invalid.push_back(fmt::format("{}: {}", text, way_out(watch)));
  } else {
    health.warnings.push_back(text + ", in a hiccup of the machine");
  }
}

void judge_cpu(const SelfWatch& watch, const Spent& spent, metrics::Health& health) {
  if (spent.busiest_worker > kBusyWorker) {
    health.warnings.push_back(
        fmt::format("a worker of the load generator used {} of its core: {}",
                    format_share(spent.busiest_worker),
                    spent.is_saturated ? "throughput may be limited by it, not by the service"
                                       : way_out(watch)));
  }
  if (spent.steal_share > kSteal) {
    health.warnings.push_back(
        fmt::format("other guests of the host took {} of this machine's CPU time",
                    format_share(spent.steal_share)));
  }
}

}  // namespace

void SelfWatch::add(const Sealed& sealed) {
  const std::uint32_t second = sealed.batch.second;
  timed_sends += sealed.timed_sends;
  late_sends += sealed.late_sends;
  arrivals += sealed.arrivals;
  dropped += sealed.dropped;
  lateness.merge(sealed.batch.lateness);
  if (sealed.batch.loop_lag.empty()) return;
  seconds.count(second);
  if (sealed.batch.loop_lag.quantile(0.99) > wanted.loop_lag) lagging_seconds.count(second);
  if (static_cast<double>(sealed.late_sends) >
      wanted.late_share * static_cast<double>(sealed.timed_sends)) {
    late_seconds.count(second);
  }
}

metrics::Health judge_health(const SelfWatch& watch, const Spent& spent) {
  metrics::Health health;
  health.cpu_share = spent.cpu_share;
  health.busiest_worker = spent.busiest_worker;
  health.lateness_p50 = watch.lateness.quantile(0.5);
  health.lateness_p99 = watch.lateness.quantile(0.99);
  health.loop_lag_p99 = spent.loop_lag_p99;
  health.reconnects = spent.reconnects;
  health.steal_share = spent.steal_share;
  health.arrivals = watch.arrivals;
  health.dropped = watch.dropped;
  if (watch.timed_sends > 0) {
    health.late_share =
        static_cast<double>(watch.late_sends) / static_cast<double>(watch.timed_sends);
  }
  if (spent.out_of_descriptors > 0) {
    health.invalid.push_back(fmt::format(
        "{} requests found no free file descriptor or port: raise the limits (ulimit -n, "
        "net.ipv4.ip_local_port_range) or use {}",
        spent.out_of_descriptors, less_load(watch)));
  }
  judge_late(watch, health);
  judge_lag(watch, spent, health);
  judge_cpu(watch, spent, health);
  return health;
}

}  // namespace loadgate::load
