// The writing half; run_result_reader.cpp reads it back. docs/result.md describes each
// field: a field less is a change there and of the version. Fields that came after the
// first version are left out where they say nothing, so that they may be missing.

#include "metrics/run_result_json.h"

#include <nlohmann/json.hpp>

#include "metrics/duet_json.h"
#include "metrics/json_parts.h"
#include "metrics/json_text.h"
#include "metrics/resource_use_json.h"
#include "metrics/run_digest_json.h"
#include "metrics/run_result_names.h"
#include "metrics/series_json.h"

namespace loadgate::metrics {

namespace {

using nlohmann::json;

json json_of(const RunInfo& info) {
  json written = {{"plan_name", info.plan_name},
                  {"plan_file", info.plan_file},
                  {"target", info.target},
                  {"command", info.command},
                  {"tool_version", info.tool_version},
                  {"commit", info.commit},
                  {"seed", info.seed},
                  {"workers", info.workers},
                  {"started", text_of(info.started)},
                  {"length_ns", info.length.count()},
                  {"interrupted", info.interrupted},
                  {"aborted", info.aborted},
                  {"environment", metrics::json_of(info.environment)}};
  if (!info.plan_text.empty()) written["plan_text"] = info.plan_text;
  return written;
}

json json_of(const StageInfo& stage) {
  json written = {{"name", stage.name},
                  {"users", stage.users},
                  {"is_warmup", stage.is_warmup},
                  {"planned", metrics::json_of(stage.planned)},
                  {"held", metrics::json_of(stage.held)},
                  {"is_saturated", stage.is_saturated},
                  {"load_hash", stage.load_hash}};
  if (stage.load == plan::Load::users) return written;
  written["load"] = name_of(stage.load);
  written["rate"] = finite(stage.rate);
  written["max_users"] = stage.max_users;
  return written;
}

json json_of(const plan::RequestName& request) {
  json written = {
      {"text", request.text}, {"role", name_of(request.role)}, {"load_hash", request.load_hash}};
  if (!request.was.empty()) written["was"] = request.was;
  return written;
}

json json_of(const plan::Detect& detect) {
  json written = {{"cpu_per_request", finite(detect.cpu_per_request)},
                  {"p50", finite(detect.p50)},
                  {"p95", finite(detect.p95)},
                  {"error_rate", finite(detect.error_rate)}};
  if (detect.p99) written["p99"] = finite(*detect.p99);
  return written;
}

json json_of(const plan::GateRules& gate) {
  return {{"stored", json_of(gate.stored)},
          {"duet", json_of(gate.duet)},
          {"latency_floor_ns", gate.latency_floor.count()},
          {"cpu_floor_ns", gate.cpu_floor.count()},
          {"confidence", finite(gate.confidence)},
          {"ignored_requests", gate.ignored_requests}};
}

json json_of(const Judging& judging) {
  return {{"stages", list_of(judging.stages, [](const auto& item) { return json_of(item); })},
          {"requests", list_of(judging.requests, [](const auto& item) { return json_of(item); })},
          {"thresholds",
           list_of(judging.thresholds, [](const auto& item) { return metrics::json_of(item); })},
          {"gate", json_of(judging.gate)},
          {"rating",
           {{"optimal_ns", judging.rating.optimal.count()},
            {"acceptable_ns", judging.rating.acceptable.count()}}}};
}

json json_of(const HttpMessage& message) {
  return {{"start_line", message.start_line},
          {"headers", message.headers},
          {"body", message.body},
          {"body_size", message.body_size}};
}

json json_of(const FailureSample& sample) {
  return {{"at_ns", sample.at.count()},
          {"response_time_ns", sample.response_time.count()},
          {"detail", sample.detail},
          {"request", json_of(sample.request)},
          {"response", json_of(sample.response)}};
}

json json_of(const FailureGroup& group) {
  return {{"request_name", group.request_name},
          {"kind", name_of(group.kind)},
          {"count", group.count},
          {"samples", list_of(group.samples, [](const auto& item) { return json_of(item); })}};
}

json json_of(const SlowGroup& group) {
  return {{"request_name", group.request_name},
          {"samples", list_of(group.samples, [](const auto& item) { return json_of(item); })}};
}

json json_of(const UsersPoint& point) {
  return {{"at_ns", point.at.count()}, {"users", point.users}};
}

json json_of(const Health& health) {
  json written = {{"cpu_share", finite(health.cpu_share)},
                  {"busiest_worker", finite(health.busiest_worker)},
                  {"late_share", finite(health.late_share)},
                  {"lateness_p50_ns", health.lateness_p50.count()},
                  {"lateness_p99_ns", health.lateness_p99.count()},
                  {"loop_lag_p99_ns", health.loop_lag_p99.count()},
                  {"reconnects", health.reconnects},
                  {"steal_share", finite(health.steal_share)},
                  {"invalid", health.invalid},
                  {"warnings", health.warnings}};
  if (health.arrivals == 0) return written;
  written["arrivals"] = health.arrivals;
  written["dropped"] = health.dropped;
  return written;
}

json json_of(const Suspect& suspect) {
  return {{"stage", suspect.stage}, {"request", suspect.request}, {"metric", suspect.metric}};
}

}  // namespace

json json_of(const RunResult& result) {
  const auto write = [](const auto& item) { return json_of(item); };
  json written = {{"format", kRunFormat},
                  {"version", kRunVersion},
                  {"info", json_of(result.info)},
                  {"judging", json_of(result.judging)},
                  {"window_width_ns", result.window_width.count()},
                  {"failures", list_of(result.failures, write)},
                  {"users", list_of(result.users, write)},
                  {"health", json_of(result.health)}};
  // Those of a duet are joined from its epochs again.
  if (!result.duet) written["series"] = json_of(result.series);
  if (!result.slowest.empty()) written["slowest"] = list_of(result.slowest, write);
  if (!result.services.empty()) written["services"] = list_of(result.services, write);
  if (!result.machine.points.empty()) written["machine"] = json_of(result.machine);
  add_controls(result.control_before, result.control_after, written);
  if (!result.earlier.empty()) written["earlier"] = list_of(result.earlier, write);
  if (result.suspects) written["suspects"] = list_of(*result.suspects, write);
  if (result.duet) written["duet"] = json_of(*result.duet);
  return written;
}

std::string to_json(const RunResult& result) { return pretty(json_of(result)); }

}  // namespace loadgate::metrics
