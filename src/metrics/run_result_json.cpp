// The writing half; run_result_reader.cpp reads it back. docs/result.md describes each
// field: a field less is a change there and of the version. Fields that came after the
// first version are left out where they say nothing, so that they may be missing.

#include "metrics/run_result_json.h"

#include <array>
#include <nlohmann/json.hpp>

#include "metrics/json_parts.h"
#include "metrics/json_text.h"
#include "metrics/run_result_names.h"

namespace loadgate::metrics {

namespace {

using nlohmann::json;

template <class Item, class Write>
json list_of(const std::vector<Item>& items, Write write) {
  json list = json::array();
  for (const Item& item : items) list.push_back(write(item));
  return list;
}

json json_of(const RunInfo& info) {
  return {{"plan_name", info.plan_name},
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
}

json json_of(const Interval& interval) {
  return {{"from_ns", interval.from.count()}, {"to_ns", interval.to.count()}};
}

json json_of(const StageInfo& stage) {
  json written = {{"name", stage.name},           {"users", stage.users},
                  {"is_warmup", stage.is_warmup}, {"planned", json_of(stage.planned)},
                  {"held", json_of(stage.held)},  {"is_saturated", stage.is_saturated},
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

json json_of(const plan::GateRules& gate) {
  return {{"stored",
           {{"cpu_per_request", finite(gate.stored.cpu_per_request)},
            {"p50", finite(gate.stored.p50)},
            {"p95", finite(gate.stored.p95)},
            {"error_rate", finite(gate.stored.error_rate)}}},
          {"latency_floor_ns", gate.latency_floor.count()},
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

json json_of(const Phases& phases) {
  return {{"dns_ns", phases.dns.count()},   {"connect_ns", phases.connect.count()},
          {"tls_ns", phases.tls.count()},   {"send_ns", phases.send.count()},
          {"wait_ns", phases.wait.count()}, {"receive_ns", phases.receive.count()}};
}

json json_of(const Tally& tally) {
  json errors = json::object();
  for (std::size_t i = 0; i < kErrorKinds; ++i) {
    if (tally.errors[i] != 0)
      errors[std::string(name_of(static_cast<ErrorKind>(i)))] = tally.errors[i];
  }
  json written = {{"requests", tally.requests},
                  {"errors", std::move(errors)},
                  {"cancelled", tally.cancelled},
                  {"bytes_sent", tally.bytes_sent},
                  {"bytes_received", tally.bytes_received},
                  {"phases", json_of(tally.phases)},
                  {"response_times", tally.response_times.encode()}};
  if (!tally.service_times.empty()) written["service_times"] = tally.service_times.encode();
  return written;
}

json json_of(const Window& window) {
  return {{"index", window.index},
          {"requests", window.requests},
          {"failures", window.failures},
          {"response_times", Histogram::encode(window.response_times)}};
}

json json_of(const Series& series) {
  return {{"side", name_of(series.key.side)},
          {"stage", series.key.stage},
          {"request_name", series.key.request_name},
          {"all", json_of(series.all)},
          {"held", json_of(series.held)},
          {"windows", list_of(series.windows, [](const auto& item) { return json_of(item); })}};
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

}  // namespace

json json_of(const RunResult& result) {
  const auto write = [](const auto& item) { return json_of(item); };
  json written = {{"format", kRunFormat},
                  {"version", kRunVersion},
                  {"info", json_of(result.info)},
                  {"judging", json_of(result.judging)},
                  {"window_width_ns", result.window_width.count()},
                  {"series", list_of(result.series, write)},
                  {"failures", list_of(result.failures, write)},
                  {"users", list_of(result.users, write)},
                  {"health", json_of(result.health)}};
  if (!result.slowest.empty()) written["slowest"] = list_of(result.slowest, write);
  return written;
}

std::string to_json(const RunResult& result) { return pretty(json_of(result)); }

}  // namespace loadgate::metrics
