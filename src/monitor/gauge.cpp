#include "monitor/gauge.h"

#include "monitor/cgroup_gauge.h"
#include "monitor/process_gauge.h"

namespace loadgate::monitor {

std::unique_ptr<Gauge> make_gauge(const Subject& subject) {
  if (const auto* kept = std::get_if<KeptBy>(&subject.what)) {
    return std::make_unique<ProcessGauge>(*kept);
  }
  const auto& watch = std::get<plan::Watch>(subject.what);
  if (watch.by == plan::Watch::By::cgroup) return std::make_unique<CgroupGauge>(watch.text);
  return std::make_unique<ProcessGauge>(roots_of(watch));
}

}  // namespace loadgate::monitor
