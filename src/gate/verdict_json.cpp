#include "gate/verdict_json.h"

#include <fmt/format.h>

#include <array>
#include <cmath>
#include <cstdint>
#include <limits>
#include <nlohmann/json.hpp>
#include <utility>

#include "base/text.h"

namespace loadgate::gate {
namespace {

using nlohmann::json;

constexpr std::array kOutcomes{Outcome::pass, Outcome::fail, Outcome::inconclusive};
constexpr std::array kComparedMetrics{ComparedMetric::p50, ComparedMetric::p95,
                                      ComparedMetric::error_rate, ComparedMetric::throughput};
constexpr std::array kWeights{Weight::deciding, Weight::watched, Weight::shown};
constexpr std::array kCauses{Cause::none, Cause::too_noisy, Cause::too_few_requests,
                             Cause::no_matching_baseline, Cause::environment};
constexpr std::array kConclusions{Conclusion::passed,           Conclusion::regression,
                                  Conclusion::threshold_missed, Conclusion::invalid,
                                  Conclusion::inconclusive,     Conclusion::interrupted};

// Comparisons as plans write them.
constexpr std::array<std::pair<plan::Comparison, std::string_view>, 4> kComparisons{
    {{plan::Comparison::less, "<"},
     {plan::Comparison::less_or_equal, "<="},
     {plan::Comparison::greater, ">"},
     {plan::Comparison::greater_or_equal, ">="}}};

std::string_view name_of(plan::Comparison comparison) {
  for (const auto& [value, name] : kComparisons) {
    if (value == comparison) return name;
  }
  return "";
}

// JSON knows no infinity, and a verdict that cannot be read back is worth less than a
// number at the edge.
double finite(double value) {
  constexpr double kMost = std::numeric_limits<double>::max();
  if (std::isnan(value)) return 0;
  return value > kMost ? kMost : value < -kMost ? -kMost : value;
}

json texts(const std::vector<std::string>& values) {
  json array = json::array();
  for (const std::string& value : values) array.push_back(valid_utf8(value));
  return array;
}

json value_of(const Place& place) {
  return {{"file", valid_utf8(place.file)},
          {"line", place.line},
          {"column", place.column},
          {"length", place.length}};
}

json value_of(const plan::Threshold& threshold) {
  return {{"text", valid_utf8(threshold.text)},
          {"metric", plan::name_of(threshold.metric)},
          {"comparison", name_of(threshold.comparison)},
          {"limit", finite(threshold.limit)},
          {"relative_to_baseline", threshold.relative_to_baseline},
          {"request", valid_utf8(threshold.request)},
          {"stage", valid_utf8(threshold.stage)},
          {"aborts", threshold.aborts},
          {"after_ns", threshold.after.count()},
          {"place", value_of(threshold.place)}};
}

json value_of(const ThresholdFinding& finding) {
  return {{"threshold", value_of(finding.threshold)},
          {"outcome", name_of(finding.outcome)},
          {"measured", finding.measured ? json(finite(*finding.measured)) : json()},
          {"limit", finite(finding.limit)},
          {"stage", valid_utf8(finding.stage)},
          {"explanation", valid_utf8(finding.explanation)}};
}

json value_of(const ComparisonFinding& finding) {
  return {{"stage", valid_utf8(finding.stage)},
          {"request", valid_utf8(finding.request)},
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
          {"explanation", valid_utf8(finding.explanation)},
          {"advice", valid_utf8(finding.advice)}};
}

json value_of(const BaselineInfo& info) {
  return {{"folder", valid_utf8(info.folder)},   {"runs_found", info.runs_found},
          {"runs_matching", info.runs_matching}, {"units", info.units},
          {"is_same_boot", info.is_same_boot},   {"oldest", valid_utf8(info.oldest)},
          {"newest", valid_utf8(info.newest)},   {"commits", texts(info.commits)},
          {"note", valid_utf8(info.note)}};
}

template <class Finding>
json values_of(const std::vector<Finding>& findings) {
  json array = json::array();
  for (const Finding& finding : findings) array.push_back(value_of(finding));
  return array;
}

// Reads one object; complaints name the field by its whole path. Every getter leaves
// its target alone once something was wrong: the first complaint is what is told.
class Fields {
 public:
  Fields(const json& object, std::string path, std::string& complaint)
      : object_(object), path_(std::move(path)), complaint_(complaint) {
    if (!object.is_object()) complain(path_, "is not an object");
  }

  void get(const char* name, std::string& out) {
    if (const json* found = find(name)) {
      if (!found->is_string()) return complain(at(name), "is not text");
      out = found->get<std::string>();
    }
  }

  void get(const char* name, bool& out) {
    if (const json* found = find(name)) {
      if (!found->is_boolean()) return complain(at(name), "is not true or false");
      out = found->get<bool>();
    }
  }

  void get(const char* name, double& out) {
    if (const json* found = find(name)) {
      if (!found->is_number()) return complain(at(name), "is not a number");
      out = found->get<double>();
    }
  }

  void get(const char* name, std::optional<double>& out) {
    const json* found = find(name);
    if (found == nullptr || found->is_null()) return;
    double value = 0;
    get(name, value);
    out = value;
  }

  void get(const char* name, int& out) {
    const std::int64_t value = whole(name, std::numeric_limits<int>::max());
    out = static_cast<int>(value);
  }

  void get(const char* name, std::uint64_t& out) {
    out = static_cast<std::uint64_t>(whole(name, std::numeric_limits<std::int64_t>::max()));
  }

  void get(const char* name, Nanoseconds& out) {
    out = Nanoseconds(whole(name, std::numeric_limits<std::int64_t>::max()));
  }

  void get(const char* name, std::vector<std::string>& out) {
    each(name, [&](const json& item, const std::string& path) {
      if (!item.is_string()) return complain(path, "is not text");
      out.push_back(item.get<std::string>());
    });
  }

  // A value out of a list of those that have a name.
  template <class Values>
  void get_named(const char* name, const Values& values, typename Values::value_type& out) {
    std::string text;
    get(name, text);
    if (!complaint_.empty()) return;
    for (const auto& value : values) {
      if (name_of(value) == text) {
        out = value;
        return;
      }
    }
    complain(at(name), fmt::format("has an unknown value \"{}\"", printable(text)));
  }

  template <class Read>
  void each(const char* name, Read read) {
    const json* found = find(name);
    if (found == nullptr) return;
    if (!found->is_array()) return complain(at(name), "is not a list");
    for (std::size_t i = 0; i < found->size() && complaint_.empty(); ++i) {
      read((*found)[i], fmt::format("{}[{}]", at(name), i));
    }
  }

  // Nothing where a complaint was made.
  const json* find(const char* name) {
    if (!complaint_.empty()) return nullptr;
    const auto found = object_.find(name);
    if (found == object_.end()) {
      complain(at(name), "is missing");
      return nullptr;
    }
    return &*found;
  }

  std::string at(const char* name) const {
    return path_.empty() ? name : fmt::format("{}.{}", path_, name);
  }
  void complain(const std::string& path, const std::string& what) {
    if (complaint_.empty()) complaint_ = fmt::format("{} {}", path.empty() ? "it" : path, what);
  }

 private:
  std::int64_t whole(const char* name, std::int64_t most) {
    const json* found = find(name);
    if (found == nullptr) return 0;
    const bool is_counted = found->is_number_unsigned() &&
                            found->get<std::uint64_t>() <= static_cast<std::uint64_t>(most);
    if (!is_counted) {
      complain(at(name), "is not a count");
      return 0;
    }
    return found->get<std::int64_t>();
  }

  const json& object_;
  std::string path_;
  std::string& complaint_;
};

Place read_place(const json& value, const std::string& path, std::string& complaint) {
  Place place;
  Fields fields(value, path, complaint);
  fields.get("file", place.file);
  fields.get("line", place.line);
  fields.get("column", place.column);
  fields.get("length", place.length);
  return place;
}

plan::Comparison read_comparison(Fields& fields) {
  std::string text;
  fields.get("comparison", text);
  for (const auto& [value, name] : kComparisons) {
    if (name == text) return value;
  }
  fields.complain(fields.at("comparison"), "is not one of <, <=, >, >=");
  return plan::Comparison::less;
}

plan::Metric read_metric(Fields& fields) {
  std::string text;
  fields.get("metric", text);
  const std::optional<plan::Metric> metric = plan::metric_named(text);
  if (!metric) fields.complain(fields.at("metric"), "is no metric this version knows");
  return metric.value_or(plan::Metric::p95);
}

plan::Threshold read_threshold(const json& value, const std::string& path, std::string& complaint) {
  plan::Threshold threshold;
  Fields fields(value, path, complaint);
  fields.get("text", threshold.text);
  threshold.metric = read_metric(fields);
  threshold.comparison = read_comparison(fields);
  fields.get("limit", threshold.limit);
  fields.get("relative_to_baseline", threshold.relative_to_baseline);
  fields.get("request", threshold.request);
  fields.get("stage", threshold.stage);
  fields.get("aborts", threshold.aborts);
  fields.get("after_ns", threshold.after);
  if (const json* place = fields.find("place")) {
    threshold.place = read_place(*place, fields.at("place"), complaint);
  }
  return threshold;
}

ThresholdFinding read_threshold_finding(const json& value, const std::string& path,
                                        std::string& complaint) {
  ThresholdFinding finding;
  Fields fields(value, path, complaint);
  if (const json* threshold = fields.find("threshold")) {
    finding.threshold = read_threshold(*threshold, fields.at("threshold"), complaint);
  }
  fields.get_named("outcome", kOutcomes, finding.outcome);
  fields.get("measured", finding.measured);
  fields.get("limit", finding.limit);
  fields.get("stage", finding.stage);
  fields.get("explanation", finding.explanation);
  return finding;
}

ComparisonFinding read_comparison_finding(const json& value, const std::string& path,
                                          std::string& complaint) {
  ComparisonFinding finding;
  Fields fields(value, path, complaint);
  fields.get("stage", finding.stage);
  fields.get("request", finding.request);
  fields.get_named("metric", kComparedMetrics, finding.metric);
  fields.get_named("weight", kWeights, finding.weight);
  fields.get_named("outcome", kOutcomes, finding.outcome);
  fields.get_named("cause", kCauses, finding.cause);
  fields.get("base", finding.base);
  fields.get("head", finding.head);
  fields.get("change", finding.change);
  fields.get("change_low", finding.change_low);
  fields.get("change_high", finding.change_high);
  fields.get("fail_line", finding.fail_line);
  fields.get("pass_line", finding.pass_line);
  fields.get("p_adjusted", finding.p_adjusted);
  fields.get("sees", finding.sees);
  fields.get("baseline_runs", finding.baseline_runs);
  fields.get("requests", finding.requests);
  fields.get("explanation", finding.explanation);
  fields.get("advice", finding.advice);
  return finding;
}

BaselineInfo read_baseline_info(const json& value, const std::string& path,
                                std::string& complaint) {
  BaselineInfo info;
  Fields fields(value, path, complaint);
  fields.get("folder", info.folder);
  fields.get("runs_found", info.runs_found);
  fields.get("runs_matching", info.runs_matching);
  fields.get("units", info.units);
  fields.get("is_same_boot", info.is_same_boot);
  fields.get("oldest", info.oldest);
  fields.get("newest", info.newest);
  fields.get("commits", info.commits);
  fields.get("note", info.note);
  return info;
}

}  // namespace

json json_of(const Verdict& verdict) {
  return {{"conclusion", name_of(verdict.conclusion)},
          {"sentence", valid_utf8(verdict.sentence)},
          {"thresholds", values_of(verdict.thresholds)},
          {"comparisons", values_of(verdict.comparisons)},
          {"baseline", verdict.baseline ? value_of(*verdict.baseline) : json()},
          {"reasons", texts(verdict.reasons)}};
}

Result<Verdict> verdict_of(const json& value) {
  Verdict verdict;
  std::string complaint;
  Fields fields(value, "", complaint);
  fields.get_named("conclusion", kConclusions, verdict.conclusion);
  fields.get("sentence", verdict.sentence);
  fields.each("thresholds", [&](const json& item, const std::string& path) {
    verdict.thresholds.push_back(read_threshold_finding(item, path, complaint));
  });
  fields.each("comparisons", [&](const json& item, const std::string& path) {
    verdict.comparisons.push_back(read_comparison_finding(item, path, complaint));
  });
  const json* baseline = fields.find("baseline");
  if (baseline != nullptr && !baseline->is_null()) {
    verdict.baseline = read_baseline_info(*baseline, "baseline", complaint);
  }
  fields.get("reasons", verdict.reasons);
  if (!complaint.empty()) return failure("the verdict is damaged: " + complaint);
  return verdict;
}

std::string to_json(const Verdict& verdict) { return json_of(verdict).dump(2) + "\n"; }

Result<Verdict> parse_verdict(std::string_view text) {
  try {
    return verdict_of(json::parse(text));
  } catch (const json::exception& error) {
    return failure(fmt::format("this is not JSON: {}", printable(error.what())));
  }
}

}  // namespace loadgate::gate
