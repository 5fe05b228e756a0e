// docs/result.md describes each field: a field more or less is a change there, and of
// the version of result.json.

#include "gate/verdict_json.h"

#include <array>
#include <nlohmann/json.hpp>

#include "gate/duet_info_json.h"
#include "metrics/json_cursor.h"
#include "metrics/json_parts.h"
#include "metrics/json_text.h"

namespace loadgate::gate {
namespace {

using metrics::finite;
using metrics::JsonCursor;
using metrics::word_at;
using nlohmann::json;

// The names of enumerators, in their order, for reading.
template <class Enum, std::size_t... Index>
std::array<std::string_view, sizeof...(Index)> names(std::index_sequence<Index...> /*all*/) {
  return {name_of(static_cast<Enum>(Index))...};
}

template <class Enum, Enum kLast>
Enum named_at(const JsonCursor& at) {
  constexpr auto kAll = std::make_index_sequence<static_cast<std::size_t>(kLast) + 1>();
  return word_at<Enum>(at, names<Enum>(kAll));
}

using Texts = std::vector<std::string>;

Outcome outcome_at(const JsonCursor& at) { return named_at<Outcome, Outcome::inconclusive>(at); }

json value_of(const ThresholdFinding& finding) {
  return {{"threshold", metrics::json_of(finding.threshold)},
          {"outcome", name_of(finding.outcome)},
          {"measured", finding.measured ? json(finite(*finding.measured)) : json()},
          {"limit", finite(finding.limit)},
          {"stage", finding.stage},
          {"explanation", finding.explanation}};
}

json value_of(const ComparisonFinding& finding) {
  json written = {{"stage", finding.stage},
                  {"request", finding.request},
                  {"metric", name_of(finding.metric)},
                  {"weight", name_of(finding.weight)},
                  {"outcome", name_of(finding.outcome)},
                  {"cause", name_of(finding.cause)},
                  {"base", finite(finding.base)},
                  {"head", finite(finding.head)},
                  {"change", finite(finding.change)},
                  {"change_low", finite(finding.change_low)},
                  {"change_high", finite(finding.change_high)},
                  {"fail_line", finite(finding.fail_line)},
                  {"pass_line", finite(finding.pass_line)},
                  {"p_adjusted", finite(finding.p_adjusted)},
                  {"sees", finite(finding.sees)},
                  {"baseline_runs", finding.baseline_runs},
                  {"requests", finding.requests},
                  {"explanation", finding.explanation},
                  {"advice", finding.advice}};
  if (finding.epochs > 0) written["epochs"] = finding.epochs;
  return written;
}

json value_of(const std::optional<BaselineInfo>& info) {
  if (!info) return {};
  json written = {{"folder", info->folder},
                  {"runs_found", info->runs_found},
                  {"runs_matching", info->runs_matching},
                  {"units", info->units},
                  {"is_same_boot", info->is_same_boot},
                  {"oldest", info->oldest},
                  {"newest", info->newest},
                  {"commits", info->commits},
                  {"note", info->note}};
  if (!info->remarks.empty()) written["remarks"] = info->remarks;
  return written;
}

template <class Finding>
json list_of(const std::vector<Finding>& findings) {
  json list = json::array();
  for (const Finding& finding : findings) list.push_back(value_of(finding));
  return list;
}

std::optional<double> measured_at(const JsonCursor& at) {
  if (at.is_null()) return std::nullopt;
  return at.number();
}

ThresholdFinding threshold_finding_at(const JsonCursor& at) {
  return {.threshold = metrics::threshold_at(at["threshold"]),
          .outcome = outcome_at(at["outcome"]),
          .measured = measured_at(at["measured"]),
          .limit = at["limit"].number(),
          .stage = at["stage"].text(),
          .explanation = at["explanation"].text()};
}

ComparisonFinding comparison_finding_at(const JsonCursor& at) {
  return {.stage = at["stage"].text(),
          .request = at["request"].text(),
          .metric = compared_metric_at(at["metric"]),
          .weight = named_at<Weight, Weight::shown>(at["weight"]),
          .outcome = outcome_at(at["outcome"]),
          .cause = named_at<Cause, Cause::neither_answers>(at["cause"]),
          .base = at["base"].number(),
          .head = at["head"].number(),
          .change = at["change"].number(),
          .change_low = at["change_low"].number(),
          .change_high = at["change_high"].number(),
          .fail_line = at["fail_line"].number(),
          .pass_line = at["pass_line"].number(),
          .p_adjusted = at["p_adjusted"].number(),
          .sees = at["sees"].number(),
          .baseline_runs = at["baseline_runs"].count_as<int>(),
          .epochs = at.has("epochs") ? at["epochs"].count_as<int>() : 0,
          .requests = at["requests"].count(),
          .explanation = at["explanation"].text(),
          .advice = at["advice"].text()};
}

std::optional<BaselineInfo> baseline_at(const JsonCursor& at) {
  if (at.is_null()) return std::nullopt;
  return BaselineInfo{.folder = at["folder"].text(),
                      .runs_found = at["runs_found"].count_as<int>(),
                      .runs_matching = at["runs_matching"].count_as<int>(),
                      .units = at["units"].count_as<int>(),
                      .is_same_boot = at["is_same_boot"].flag(),
                      .oldest = at["oldest"].text(),
                      .newest = at["newest"].text(),
                      .commits = at["commits"].texts(),
                      .note = at["note"].text(),
                      .remarks = at.has("remarks") ? at["remarks"].texts() : Texts()};
}

std::optional<DuetInfo> duet_at(const JsonCursor& verdict) {
  if (!verdict.has("duet")) return std::nullopt;
  return duet_info_at(verdict["duet"]);
}

}  // namespace

Outcome outcome_at(const JsonCursor& at) { return named_at<Outcome, Outcome::inconclusive>(at); }

ComparedMetric compared_metric_at(const JsonCursor& at) {
  return named_at<ComparedMetric, ComparedMetric::throughput>(at);
}

json json_of(const Verdict& verdict) {
  json written = {
      {"conclusion", name_of(verdict.conclusion)}, {"sentence", verdict.sentence},
      {"thresholds", list_of(verdict.thresholds)}, {"comparisons", list_of(verdict.comparisons)},
      {"baseline", value_of(verdict.baseline)},    {"reasons", verdict.reasons}};
  if (verdict.duet) written["duet"] = json_of(*verdict.duet);
  return written;
}

Result<Verdict> verdict_of(const json& value, std::string_view path) {
  metrics::Complaint complaint;
  const JsonCursor at(value, std::string(path), complaint);
  Verdict verdict{.conclusion = named_at<Conclusion, Conclusion::interrupted>(at["conclusion"]),
                  .sentence = at["sentence"].text(),
                  .thresholds = at["thresholds"].list(threshold_finding_at),
                  .comparisons = at["comparisons"].list(comparison_finding_at),
                  .baseline = baseline_at(at["baseline"]),
                  .duet = duet_at(at),
                  .reasons = at["reasons"].texts()};
  if (!complaint.empty()) return failure(complaint);
  return verdict;
}

std::string to_json(const Verdict& verdict) { return metrics::pretty(json_of(verdict)); }

Result<Verdict> parse_verdict(std::string_view text) {
  const Result<json> document = metrics::parse_json(text);
  if (!document) return failure(document.error());
  return verdict_of(*document, "");
}

}  // namespace loadgate::gate
