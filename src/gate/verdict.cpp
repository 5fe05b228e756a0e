#include "gate/verdict.h"

namespace loadgate::gate {

std::string_view name_of(Outcome outcome) {
  switch (outcome) {
    case Outcome::pass:
      return "pass";
    case Outcome::fail:
      return "fail";
    case Outcome::inconclusive:
      return "inconclusive";
  }
  return "";
}

std::string_view name_of(ComparedMetric metric) {
  switch (metric) {
    case ComparedMetric::cpu_per_request:
      return "cpu_per_request";
    case ComparedMetric::p50:
      return "p50";
    case ComparedMetric::p95:
      return "p95";
    case ComparedMetric::p99:
      return "p99";
    case ComparedMetric::error_rate:
      return "error_rate";
    case ComparedMetric::throughput:
      return "throughput";
  }
  return "";
}

bool is_latency(ComparedMetric metric) {
  return metric == ComparedMetric::p50 || metric == ComparedMetric::p95 ||
         metric == ComparedMetric::p99;
}

bool is_time(ComparedMetric metric) {
  return is_latency(metric) || metric == ComparedMetric::cpu_per_request;
}

std::string_view words_for(ComparedMetric metric) {
  if (metric == ComparedMetric::cpu_per_request) return "CPU per request";
  return metric == ComparedMetric::error_rate ? "error rate" : name_of(metric);
}

double level_at(const ComparisonFinding& finding, double change) {
  switch (finding.metric) {
    case ComparedMetric::error_rate:
      return finding.base + change;
    case ComparedMetric::throughput:
      return finding.base * (1 - change);
    case ComparedMetric::cpu_per_request:
    case ComparedMetric::p50:
    case ComparedMetric::p95:
    case ComparedMetric::p99:
      break;
  }
  return finding.base * (1 + change);
}

std::string_view name_of(Weight weight) {
  switch (weight) {
    case Weight::deciding:
      return "deciding";
    case Weight::watched:
      return "watched";
    case Weight::shown:
      return "shown";
  }
  return "";
}

std::string_view name_of(Cause cause) {
  switch (cause) {
    case Cause::none:
      return "none";
    case Cause::too_noisy:
      return "too noisy";
    case Cause::too_few_requests:
      return "too few requests";
    case Cause::no_matching_baseline:
      return "no matching baseline";
    case Cause::environment:
      return "environment";
    case Cause::not_confirmed:
      return "not confirmed";
    case Cause::only_head_knows:
      return "only head knows it";
    case Cause::neither_answers:
      return "neither side answers it";
  }
  return "";
}

std::string_view name_of(Conclusion conclusion) {
  switch (conclusion) {
    case Conclusion::passed:
      return "passed";
    case Conclusion::regression:
      return "regression";
    case Conclusion::threshold_missed:
      return "threshold missed";
    case Conclusion::invalid:
      return "invalid";
    case Conclusion::inconclusive:
      return "inconclusive";
    case Conclusion::interrupted:
      return "interrupted";
  }
  return "";
}

}  // namespace loadgate::gate
