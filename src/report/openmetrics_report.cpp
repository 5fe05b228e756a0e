// metrics.txt: the run as OpenMetrics, for a pushgateway, node_exporter's textfile collector
// or GitLab's metrics reports. Base units: seconds, bytes, shares of 1. Of the types only those
// that the older Prometheus text format has too, which the first two read: states are gauges.

#include <fmt/format.h>

#include <string>
#include <vector>

#include "report/formats.h"
#include "report/openmetrics_text.h"
#include "report/wording.h"

namespace loadgate::report {
namespace {

double value_of(bool is_so) { return is_so ? 1 : 0; }

double in_seconds(gate::ComparedMetric metric, double level) {
  return gate::is_time(metric) ? level / 1e9 : level;
}

double in_seconds(plan::Metric metric, double value) {
  return plan::is_latency(metric) ? value / 1e9 : value;
}

void write_run(OpenMetricsText& text, const gate::Summary& summary) {
  const metrics::RunInfo& info = summary.info;
  text.family("loadgate_run_info", "gauge", "", "What was run.");
  text.sample({{"plan", info.plan_name},
               {"target", info.target},
               {"commit", info.commit},
               {"version", info.tool_version},
               {"machine", info.environment.text()}},
              1);
  text.family("loadgate_verdict", "gauge", "", "What was decided: 1 for one of them.");
  for (const gate::Conclusion conclusion :
       {gate::Conclusion::passed, gate::Conclusion::regression, gate::Conclusion::threshold_missed,
        gate::Conclusion::invalid, gate::Conclusion::inconclusive, gate::Conclusion::interrupted}) {
    text.sample({{"plan", info.plan_name}, {"verdict", std::string(name_of(conclusion))}},
                value_of(summary.verdict.conclusion == conclusion));
  }
  text.family("loadgate_run_started_timestamp_seconds", "gauge", "seconds",
              "When the first user started.");
  text.sample({{"plan", info.plan_name}},
              static_cast<double>(info.started.time_since_epoch().count()) / 1e3);
  text.family("loadgate_run_length_seconds", "gauge", "seconds",
              "From the first user to the last answer.");
  text.sample({{"plan", info.plan_name}}, seconds(info.length));
  text.family("loadgate_generator_cpu_ratio", "gauge", "ratio",
              "Share of the workers' cores that loadgate used.");
  text.sample({{"plan", info.plan_name}}, summary.health.cpu_share);
  text.family("loadgate_generator_late_ratio", "gauge", "ratio",
              "Share of requests that were sent late.");
  text.sample({{"plan", info.plan_name}}, summary.health.late_share);
}

// All rows of the tables of requests, the one of all requests among them.
class Requests {
 public:
  explicit Requests(const gate::Summary& summary) : plan_(summary.info.plan_name) {
    rows_ = summary.rows;
    rows_.push_back(summary.total);
    rows_.insert(rows_.end(), summary.stage_rows.begin(), summary.stage_rows.end());
  }

  template <class Value>
  void write(OpenMetricsText& text, Value value) const {
    for (const gate::Row& row : rows_) text.sample(labels(row), value(row));
  }

  // Only of requests that got a whole answer.
  template <class Value>
  void write_times(OpenMetricsText& text, Value value) const {
    for (const gate::Row& row : rows_) {
      if (row.rating != gate::Rating::none) text.sample(labels(row), seconds(value(row)));
    }
  }

  void write_quantiles(OpenMetricsText& text) const {
    for (const gate::Row& row : rows_) {
      if (row.rating == gate::Rating::none) continue;
      const std::pair<const char*, Nanoseconds> quantiles[] = {
          {"0.5", row.p50}, {"0.95", row.p95}, {"0.99", row.p99}};
      for (const auto& [rank, time] : quantiles) {
        Labels with_rank = labels(row);
        with_rank.emplace_back("quantile", rank);
        text.sample(with_rank, seconds(time));
      }
    }
  }

 private:
  // No stage: all judged ones together.
  Labels labels(const gate::Row& row) const {
    return {{"plan", plan_},
            {"stage", row.stage},
            {"request", row.request},
            {"role", std::string(role_name(row.role))}};
  }

  std::string plan_;
  std::vector<gate::Row> rows_;
};

void write_requests(OpenMetricsText& text, const gate::Summary& summary) {
  const Requests requests(summary);
  text.family("loadgate_requests", "gauge", "", "Requests that finished, failed ones included.");
  requests.write(text, [](const gate::Row& row) { return static_cast<double>(row.requests); });
  text.family("loadgate_failures", "gauge", "", "Requests that failed.");
  requests.write(text, [](const gate::Row& row) { return static_cast<double>(row.failures); });
  text.family("loadgate_error_ratio", "gauge", "ratio", "Share of requests that failed.");
  requests.write(text, [](const gate::Row& row) { return row.error_rate; });
  text.family("loadgate_requests_per_second", "gauge", "", "Throughput.");
  requests.write(text, [](const gate::Row& row) { return row.per_second; });
  text.family("loadgate_received_bytes", "gauge", "bytes", "Heads and bodies of responses.");
  requests.write(text,
                 [](const gate::Row& row) { return static_cast<double>(row.bytes_received); });
  text.family("loadgate_response_time_seconds", "summary", "seconds",
              "From the moment a request was due to its last byte.");
  requests.write_quantiles(text);
  text.family("loadgate_response_time_mean_seconds", "gauge", "seconds", "Mean response time.");
  requests.write_times(text, [](const gate::Row& row) { return row.mean; });
  text.family("loadgate_response_time_max_seconds", "gauge", "seconds", "Longest response time.");
  requests.write_times(text, [](const gate::Row& row) { return row.max; });
}

void write_outcomes(OpenMetricsText& text, const Labels& labels, gate::Outcome outcome) {
  for (const gate::Outcome state :
       {gate::Outcome::pass, gate::Outcome::fail, gate::Outcome::inconclusive}) {
    Labels with_state = labels;
    with_state.emplace_back("outcome", std::string(gate::name_of(state)));
    text.sample(with_state, value_of(outcome == state));
  }
}

Labels labels_of(const gate::ThresholdFinding& finding, const std::string& plan) {
  return {{"plan", plan}, {"stage", finding.stage}, {"threshold", name_of(finding.threshold)}};
}

void write_thresholds(OpenMetricsText& text, const gate::Summary& summary) {
  const std::string& plan = summary.info.plan_name;
  const auto& findings = summary.verdict.thresholds;
  text.family("loadgate_threshold_outcome", "gauge", "",
              "Thresholds of the plan, judged: 1 for one outcome of each.");
  for (const gate::ThresholdFinding& finding : findings) {
    write_outcomes(text, labels_of(finding, plan), finding.outcome);
  }
  text.family("loadgate_threshold_measured", "gauge", "",
              "What was held against the limit: seconds, a share, a rate or a count.");
  for (const gate::ThresholdFinding& finding : findings) {
    if (!finding.measured) continue;
    text.sample(labels_of(finding, plan), in_seconds(finding.threshold.metric, *finding.measured));
  }
  text.family("loadgate_threshold_limit", "gauge", "", "The limit, in the same unit.");
  for (const gate::ThresholdFinding& finding : findings) {
    text.sample(labels_of(finding, plan), in_seconds(finding.threshold.metric, finding.limit));
  }
}

class Comparisons {
 public:
  explicit Comparisons(const gate::Summary& summary)
      : plan_(summary.info.plan_name), findings_(summary.verdict.comparisons) {}

  void write(OpenMetricsText& text) const {
    text.family("loadgate_comparison_outcome", "gauge", "",
                "Comparisons with the baseline or the base build: 1 for one outcome of each.");
    for (const gate::ComparisonFinding& finding : findings_) {
      if (finding.weight == gate::Weight::shown) continue;
      write_outcomes(text, labels(finding), finding.outcome);
    }
    values(text, "loadgate_comparison_base", "", "Level before: seconds, a share or a rate.",
           [](const auto& one) { return in_seconds(one.metric, one.base); });
    values(text, "loadgate_comparison_head", "", "Level now, in the same unit.",
           [](const auto& one) { return in_seconds(one.metric, one.head); });
    values(text, "loadgate_comparison_change_ratio", "ratio",
           "Change of head against base, worse is positive; of error rates a difference.",
           [](const auto& one) { return one.change; });
    values(text, "loadgate_comparison_change_low_ratio", "ratio", "Lower end of its 95 % interval.",
           [](const auto& one) { return one.change_low; });
    values(text, "loadgate_comparison_change_high_ratio", "ratio",
           "Upper end of its 95 % interval.", [](const auto& one) { return one.change_high; });
    values(text, "loadgate_comparison_limit_ratio", "ratio", "The smallest change that can fail.",
           [](const auto& one) { return one.fail_line; });
  }

 private:
  Labels labels(const gate::ComparisonFinding& finding) const {
    return {{"plan", plan_},
            {"stage", finding.stage},
            {"request", finding.request},
            {"metric", std::string(gate::name_of(finding.metric))}};
  }

  template <class Value>
  void values(OpenMetricsText& text, std::string_view name, std::string_view unit,
              std::string_view help, Value value) const {
    text.family(name, "gauge", unit, help);
    for (const gate::ComparisonFinding& finding : findings_) {
      if (finding.weight != gate::Weight::shown) text.sample(labels(finding), value(finding));
    }
  }

  std::string plan_;
  const std::vector<gate::ComparisonFinding>& findings_;
};

void write_services(OpenMetricsText& text, const gate::Summary& summary) {
  const auto labels = [&](const gate::ServiceRow& service) -> Labels {
    return {{"plan", summary.info.plan_name},
            {"service", service.name},
            {"side", service.side == metrics::Side::base ? "base" : "head"}};
  };
  text.family("loadgate_service_cpu_per_request_seconds", "gauge", "seconds",
              "CPU time of a service for each request.");
  for (const gate::ServiceRow& service : summary.services) {
    if (service.cpu_per_request) text.sample(labels(service), seconds(*service.cpu_per_request));
  }
  text.family("loadgate_service_cpu_ratio", "gauge", "ratio",
              "Share of the machine's cores that a service used.");
  for (const gate::ServiceRow& service : summary.services) {
    if (service.cpu_share) text.sample(labels(service), *service.cpu_share);
  }
  text.family("loadgate_service_memory_max_bytes", "gauge", "bytes",
              "Most resident memory of a service.");
  for (const gate::ServiceRow& service : summary.services) {
    if (service.memory_max > 0) {
      text.sample(labels(service), static_cast<double>(service.memory_max));
    }
  }
}

class OpenMetricsReport final : public Report {
 public:
  std::string render(const Material& material) const override {
    OpenMetricsText text;
    write_run(text, *material.summary);
    write_requests(text, *material.summary);
    write_thresholds(text, *material.summary);
    Comparisons(*material.summary).write(text);
    write_services(text, *material.summary);
    return text.take();
  }
};

}  // namespace

std::unique_ptr<Report> make_openmetrics_report() { return std::make_unique<OpenMetricsReport>(); }

}  // namespace loadgate::report
