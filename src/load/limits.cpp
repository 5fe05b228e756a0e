#include "load/limits.h"

#include <fmt/format.h>
#include <sys/resource.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <sstream>

namespace loadgate::load {
namespace {

// Standard streams, reports, the service under test; and an epoll with its eventfd,
// timer and resolver a worker.
constexpr std::uint64_t kOwnDescriptors = 64;
constexpr std::uint64_t kDescriptorsPerWorker = 8;

std::uint64_t raise_descriptors() {
  rlimit limit{};
  if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return UINT64_MAX;
  if (limit.rlim_cur < limit.rlim_max) {
    const rlimit raised{limit.rlim_max, limit.rlim_max};
    if (setrlimit(RLIMIT_NOFILE, &raised) == 0) return limit.rlim_max;
  }
  return limit.rlim_cur;
}

}  // namespace

std::optional<std::uint64_t> parse_port_range(std::string_view text) {
  std::istringstream words{std::string(text)};
  std::int64_t lowest = 0;
  std::int64_t highest = 0;
  if (!(words >> lowest >> highest) || lowest < 1 || highest < lowest) return std::nullopt;
  return static_cast<std::uint64_t>(highest - lowest + 1);
}

Limits raise_limits() {
  Limits limits{.descriptors = raise_descriptors()};
  std::ifstream file("/proc/sys/net/ipv4/ip_local_port_range");
  std::string line;
  std::getline(file, line);
  if (const auto ports = parse_port_range(line)) limits.ports = *ports;
  return limits;
}

std::vector<unsigned> pool_limits(const std::vector<plan::Stage>& stages, unsigned workers,
                                  const Limits& limits) {
  const std::uint64_t own = kOwnDescriptors + kDescriptorsPerWorker * workers;
  const std::uint64_t room = limits.descriptors > own ? limits.descriptors - own : 1;
  std::vector<unsigned> pools;
  for (const plan::Stage& stage : stages) {
    const std::uint64_t wanted = stage.is_open() ? stage.max_users : 0;
    pools.push_back(static_cast<unsigned>(std::min({wanted, room, limits.ports})));
  }
  return pools;
}

std::optional<std::string> lowered_pools(const std::vector<plan::Stage>& stages,
                                         const std::vector<unsigned>& pool_limits) {
  for (std::size_t i = 0; i < stages.size(); ++i) {
    if (!stages[i].is_open() || pool_limits[i] == stages[i].max_users) continue;
    return fmt::format(
        "stage \"{}\" has at most {} users instead of {}: the system allows no more open files or "
        "ports (ulimit -n, net.ipv4.ip_local_port_range)",
        stages[i].name, pool_limits[i], stages[i].max_users);
  }
  return std::nullopt;
}

std::optional<std::string> shortage(unsigned users, unsigned workers, const Limits& limits) {
  const std::uint64_t needed = users + kOwnDescriptors + kDescriptorsPerWorker * workers;
  if (needed > limits.descriptors) {
    return fmt::format(
        "{} users need {} open files and the system allows {}: raise the limit (ulimit -n {}, or "
        "LimitNOFILE, or --ulimit nofile of the container) or use fewer users",
        users, needed, limits.descriptors, needed);
  }
  if (users > limits.ports) {
    return fmt::format(
        "{} users need as many local ports and the system has {}: widen "
        "net.ipv4.ip_local_port_range (sysctl) or use fewer users",
        users, limits.ports);
  }
  return std::nullopt;
}

}  // namespace loadgate::load
