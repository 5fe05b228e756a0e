#include "gate/summary.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <map>
#include <tuple>
#include <utility>

#include "gate/service_rows.h"
#include "metrics/run_digest.h"

namespace loadgate::gate {
namespace {

// How fast a request fails says nothing about how fast it is.
Rating rating_of(const metrics::Tally& tally, const plan::Rating& bands) {
  const metrics::Histogram& times = tally.response_times;
  if (times.empty() || tally.failures() == tally.requests) return Rating::none;
  const Nanoseconds p95 = times.quantile(0.95);
  if (p95 <= bands.optimal) return Rating::optimal;
  return p95 <= bands.acceptable ? Rating::acceptable : Rating::slow;
}

metrics::Phases mean_of(const metrics::Phases& sums, std::uint64_t requests) {
  if (requests == 0) return {};
  const auto count = static_cast<Nanoseconds::rep>(requests);
  return {sums.dns / count,  sums.connect / count, sums.tls / count,
          sums.send / count, sums.wait / count,    sums.receive / count};
}

// Where the numbers of a row come from.
struct Part {
  metrics::Tally tally;
  Nanoseconds length{};
};

Row row_of(const Part& part, const plan::Rating& bands) {
  const metrics::Tally& tally = part.tally;
  Row row;
  row.requests = tally.requests;
  row.failures = tally.failures();
  row.error_rate = tally.error_rate();
  row.p50 = tally.response_times.quantile(0.5);
  row.p95 = tally.response_times.quantile(0.95);
  row.p99 = tally.response_times.quantile(0.99);
  row.max = tally.response_times.max();
  row.mean = tally.response_times.mean();
  if (part.length.count() > 0) {
    row.per_second = static_cast<double>(tally.requests) / seconds(part.length);
  }
  row.bytes_received = tally.bytes_received;
  row.mean_phases = mean_of(tally.phases, tally.requests);
  row.rating = rating_of(tally, bands);
  const metrics::Histogram& service = tally.service_times;
  if (!service.empty()) {
    row.service = {service.quantile(0.5), service.quantile(0.95), service.quantile(0.99)};
  }
  return row;
}

// Adds a run's series up, by request and stage.
class Sums {
 public:
  explicit Sums(const metrics::RunResult& run) : run_(run), judging_(run.judging) {
    for (std::size_t i = 0; i < judging_.stages.size(); ++i) {
      if (judging_.stages[i].is_judged()) judged_length_ += held_length(run, i);
    }
  }

  // Of all judged requests where no request is given.
  Row judged(std::optional<std::size_t> request, std::optional<std::size_t> stage) const {
    Part part;
    part.length = stage ? held_length(run_, *stage) : judged_length_;
    for (const metrics::Series& one : run_.series) {
      if (is_judged(one) && (!request || one.key.request_name == *request) &&
          (!stage || one.key.stage == *stage)) {
        part.tally.merge(one.held);
      }
    }
    Row row = row_of(part, judging_.rating);
    row.is_judged = true;
    row.request = request ? judging_.requests[*request].text : std::string(metrics::kAllRequests);
    if (stage) row.stage = judging_.stages[*stage].name;
    return row;
  }

  Row sent(std::size_t request) const {
    Part part;
    part.length = run_.info.length;
    for (const metrics::Series& one : run_.series) {
      if (is_known(one) && one.key.request_name == request) part.tally.merge(one.all);
    }
    Row row = row_of(part, judging_.rating);
    row.request = judging_.requests[request].text;
    row.role = judging_.requests[request].role;
    return row;
  }

 private:
  bool is_known(const metrics::Series& one) const {
    return one.key.side == metrics::Side::head && one.key.stage < judging_.stages.size() &&
           one.key.request_name < judging_.requests.size();
  }

  bool is_judged(const metrics::Series& one) const {
    return is_known(one) && judging_.stages[one.key.stage].is_judged() &&
           judging_.requests[one.key.request_name].role == plan::Role::task;
  }

  const metrics::RunResult& run_;
  const metrics::Judging& judging_;
  Nanoseconds judged_length_{};
};

// In the plan's order. A request that was sent but never while the load was held is
// shown with all that was sent; one that was never sent has no row.
std::vector<Row> request_rows(const Sums& sums, const std::vector<plan::RequestName>& requests) {
  std::vector<Row> rows;
  for (std::size_t request = 0; request < requests.size(); ++request) {
    const bool is_task = requests[request].role == plan::Role::task;
    Row row = is_task ? sums.judged(request, std::nullopt) : Row();
    if (row.requests == 0) row = sums.sent(request);
    if (row.requests > 0) rows.push_back(std::move(row));
  }
  const auto place_of = [](plan::Role role) {
    return role == plan::Role::task ? 0 : role == plan::Role::on_start ? 1 : 2;
  };
  std::stable_sort(rows.begin(), rows.end(),
                   [&](const Row& a, const Row& b) { return place_of(a.role) < place_of(b.role); });
  return rows;
}

std::vector<Row> rows_by_stage(const Sums& sums, const metrics::Judging& judging) {
  std::vector<Row> rows;
  for (std::size_t stage = 0; stage < judging.stages.size(); ++stage) {
    if (!judging.stages[stage].is_judged()) continue;
    for (std::size_t request = 0; request < judging.requests.size(); ++request) {
      Row row = sums.judged(request, stage);
      if (row.requests > 0) rows.push_back(std::move(row));
    }
  }
  return rows;
}

// Groups of one request name and kind stand together, whatever role the request had.
std::vector<FailureRow> failure_rows(const metrics::RunResult& run) {
  std::map<std::pair<std::string, std::string>, FailureRow> groups;
  for (const metrics::FailureGroup& group : run.failures) {
    if (group.request_name >= run.judging.requests.size()) continue;
    const std::string& request = run.judging.requests[group.request_name].text;
    const std::string kind(name_of(group.kind));
    FailureRow& row = groups[{request, kind}];
    row.request = request;
    row.kind = kind;
    row.count += group.count;
    row.samples.insert(row.samples.end(), group.samples.begin(), group.samples.end());
  }
  std::vector<FailureRow> rows;
  rows.reserve(groups.size());
  for (auto& [key, row] : groups) rows.push_back(std::move(row));
  std::stable_sort(rows.begin(), rows.end(),
                   [](const FailureRow& a, const FailureRow& b) { return a.count > b.count; });
  return rows;
}

std::vector<SlowRow> slow_rows(const metrics::RunResult& run) {
  std::vector<SlowRow> rows;
  for (const metrics::SlowGroup& group : run.slowest) {
    if (group.request_name >= run.judging.requests.size()) continue;
    rows.push_back({run.judging.requests[group.request_name].text, group.samples});
  }
  return rows;
}

constexpr double kManyFailures = 0.01;

bool limits_errors(const plan::Threshold& threshold) {
  return threshold.metric == plan::Metric::error_rate || threshold.metric == plan::Metric::failures;
}

// A gate that asks for no error rate is passed by a service that only fails.
void warn_of_failures(const metrics::Judging& judging, const Row& total,
                      std::vector<std::string>& warnings) {
  const bool is_limited =
      std::any_of(judging.thresholds.begin(), judging.thresholds.end(), limits_errors);
  if (is_limited || total.error_rate <= kManyFailures) return;
  warnings.push_back(fmt::format(
      "{} of {} judged requests failed, and no threshold asks for less: add one, for example "
      "error_rate < 1%",
      total.failures, total.requests));
}

}  // namespace

std::string_view name_of(Rating rating) {
  switch (rating) {
    case Rating::none:
      return "none";
    case Rating::optimal:
      return "optimal";
    case Rating::acceptable:
      return "acceptable";
    case Rating::slow:
      return "slow";
  }
  return "";
}

Summary summarize(const metrics::RunResult& run, Verdict verdict) {
  const Sums sums(run);
  Summary summary;
  summary.info = run.info;
  summary.stages = run.judging.stages;
  summary.health = run.health;
  summary.rating_bands = run.judging.rating;
  summary.verdict = std::move(verdict);
  summary.total = sums.judged(std::nullopt, std::nullopt);
  warn_of_failures(run.judging, summary.total, summary.health.warnings);
  summary.rows = request_rows(sums, run.judging.requests);
  summary.stage_rows = rows_by_stage(sums, run.judging);
  summary.failures = failure_rows(run);
  summary.slowest = slow_rows(run);
  summary.services = service_rows(run);
  summary.machine = machine_shares(run);
  summary.timeline = timeline_of(run, summary.verdict);
  summary.distributions = distributions_of(run);
  return summary;
}

}  // namespace loadgate::gate
