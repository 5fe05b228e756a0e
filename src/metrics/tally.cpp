#include "metrics/tally.h"

#include <algorithm>
#include <numeric>

namespace loadgate::metrics {

namespace {

// Sums over hostile result files must not overflow; no real run comes near.
constexpr Nanoseconds kLongest(std::int64_t{1} << 61);

void add(Nanoseconds& sum, Nanoseconds part) { sum = std::min(sum + part, kLongest); }

void add(Phases& sum, const Phases& part) {
  add(sum.dns, part.dns);
  add(sum.connect, part.connect);
  add(sum.tls, part.tls);
  add(sum.send, part.send);
  add(sum.wait, part.wait);
  add(sum.receive, part.receive);
}

}  // namespace

void Tally::add(const Sample& sample) {
  if (sample.error == ErrorKind::cancelled) {
    ++cancelled;
    return;
  }
  ++requests;
  if (sample.failed()) ++errors[static_cast<std::size_t>(sample.error)];
  bytes_sent += sample.bytes_sent;
  bytes_received += sample.bytes_received;
  metrics::add(phases, sample.phases);
  if (!sample.has_response_time()) return;
  response_times.record(sample.response_time);
  if (sample.is_open) service_times.record(sample.service_time);
}

void Tally::merge(const Tally& other) {
  requests += other.requests;
  for (std::size_t i = 0; i < errors.size(); ++i) errors[i] += other.errors[i];
  cancelled += other.cancelled;
  bytes_sent += other.bytes_sent;
  bytes_received += other.bytes_received;
  metrics::add(phases, other.phases);
  response_times.merge(other.response_times);
  service_times.merge(other.service_times);
}

void Tally::clear() {
  requests = cancelled = bytes_sent = bytes_received = 0;
  errors.fill(0);
  phases = {};
  response_times.clear();
  service_times.clear();
}

std::uint64_t Tally::failures() const {
  return std::accumulate(errors.begin(), errors.end(), std::uint64_t{0});
}

double Tally::error_rate() const {
  return requests == 0 ? 0.0 : static_cast<double>(failures()) / static_cast<double>(requests);
}

}  // namespace loadgate::metrics
