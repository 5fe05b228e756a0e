// The reading half of result.json: everything is checked, because files are edited,
// cut off and made by other versions.

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <optional>

#include "metrics/duet_json.h"
#include "metrics/json_cursor.h"
#include "metrics/json_parts.h"
#include "metrics/json_text.h"
#include "metrics/resource_use_json.h"
#include "metrics/run_digest_json.h"
#include "metrics/run_result_json.h"
#include "metrics/run_result_names.h"
#include "metrics/series_json.h"

namespace loadgate::metrics {

namespace {

RunInfo info_at(const JsonCursor& at) {
  return {.plan_name = at["plan_name"].text(),
          .plan_file = at["plan_file"].text(),
          .target = at["target"].text(),
          .command = at["command"].text(),
          .tool_version = at["tool_version"].text(),
          .commit = at["commit"].text(),
          .plan_text = at.has("plan_text") ? at["plan_text"].text() : "",
          .seed = at["seed"].count(),
          .workers = at["workers"].count_as<unsigned>(),
          .started = wall_time_at(at["started"]),
          .length = at["length_ns"].time(),
          .interrupted = at["interrupted"].flag(),
          .aborted = at["aborted"].text(),
          .environment = environment_at(at["environment"])};
}

StageInfo stage_at(const JsonCursor& at) {
  StageInfo stage = {.name = at["name"].text(),
                     .users = at["users"].count_as<unsigned>(),
                     .is_warmup = at["is_warmup"].flag(),
                     .planned = interval_at(at["planned"]),
                     .held = interval_at(at["held"]),
                     .is_saturated = at["is_saturated"].flag(),
                     .load_hash = at["load_hash"].text()};
  if (!at.has("load")) return stage;
  stage.load = word_at<plan::Load>(at["load"], kLoads);
  stage.rate = at["rate"].number();
  stage.max_users = at["max_users"].count_as<unsigned>();
  return stage;
}

plan::RequestName request_at(const JsonCursor& at) {
  return {.text = at["text"].text(),
          .role = word_at<plan::Role>(at["role"], kRoles),
          .load_hash = at["load_hash"].text(),
          .was = at.has("was") ? at["was"].text() : ""};
}

// Results of duets before p99 was compared have none, and are judged without it again.
plan::Detect detect_at(const JsonCursor& at) {
  plan::Detect detect{.cpu_per_request = at["cpu_per_request"].number(),
                      .p50 = at["p50"].number(),
                      .p95 = at["p95"].number(),
                      .error_rate = at["error_rate"].number()};
  if (at.has("p99")) detect.p99 = at["p99"].number();
  return detect;
}

plan::GateRules gate_at(const JsonCursor& at) {
  plan::GateRules rules;
  rules.stored = detect_at(at["stored"]);
  if (at.has("duet")) rules.duet = detect_at(at["duet"]);
  rules.latency_floor = at["latency_floor_ns"].time();
  if (at.has("cpu_floor_ns")) rules.cpu_floor = at["cpu_floor_ns"].time();
  rules.confidence = at["confidence"].number();
  rules.ignored_requests = at["ignored_requests"].texts();
  return rules;
}

Judging judging_at(const JsonCursor& at) {
  return {.stages = at["stages"].list(stage_at),
          .requests = at["requests"].list(request_at),
          .thresholds = at["thresholds"].list(threshold_at),
          .gate = gate_at(at["gate"]),
          .rating = {.optimal = at["rating"]["optimal_ns"].time(),
                     .acceptable = at["rating"]["acceptable_ns"].time()}};
}

HttpMessage message_at(const JsonCursor& at) {
  return {.start_line = at["start_line"].text(),
          .headers = at["headers"].texts(),
          .body = at["body"].text(),
          .body_size = at["body_size"].count()};
}

FailureSample failure_sample_at(const JsonCursor& at) {
  return {.at = at["at_ns"].time(),
          .response_time = at["response_time_ns"].time(),
          .detail = at["detail"].text(),
          .request = message_at(at["request"]),
          .response = message_at(at["response"])};
}

FailureGroup failure_group_at(const JsonCursor& at, const Judging& judging) {
  return {.request_name = index_as<std::uint32_t>(at["request_name"], judging.requests.size(),
                                                  "judging.requests"),
          .kind = error_kind_at(at["kind"], at["kind"].text()),
          .count = at["count"].count(),
          .samples = at["samples"].list(failure_sample_at)};
}

SlowGroup slow_group_at(const JsonCursor& at, const Judging& judging) {
  return {.request_name = index_as<std::uint32_t>(at["request_name"], judging.requests.size(),
                                                  "judging.requests"),
          .samples = at["samples"].list(failure_sample_at)};
}

UsersPoint users_point_at(const JsonCursor& at) {
  return {.at = at["at_ns"].time(), .users = at["users"].count_as<unsigned>()};
}

Health health_at(const JsonCursor& at) {
  return {.cpu_share = at["cpu_share"].number(),
          .busiest_worker = at["busiest_worker"].number(),
          .late_share = at["late_share"].number(),
          .lateness_p50 = at.has("lateness_p50_ns") ? at["lateness_p50_ns"].time() : Nanoseconds{},
          .lateness_p99 = at.has("lateness_p99_ns") ? at["lateness_p99_ns"].time() : Nanoseconds{},
          .loop_lag_p99 = at["loop_lag_p99_ns"].time(),
          .reconnects = at["reconnects"].count(),
          .steal_share = at["steal_share"].number(),
          .invalid = at["invalid"].texts(),
          .warnings = at["warnings"].texts(),
          .arrivals = at.has("arrivals") ? at["arrivals"].count() : 0,
          .dropped = at.has("dropped") ? at["dropped"].count() : 0};
}

Nanoseconds window_width_at(const JsonCursor& at) {
  const Nanoseconds width = at.time();
  if (width < Nanoseconds(1)) at.complain("expected a whole number of at least 1");
  return std::max(width, Nanoseconds(1));
}

// What was measured of the services and the machine.
void read_use(const JsonCursor& at, RunResult& result) {
  if (at.has("services")) result.services = at["services"].list(resource_use_at);
  if (at.has("machine")) result.machine = machine_use_at(at["machine"]);
  result.control_before = control_at(at, "control_before");
  result.control_after = control_at(at, "control_after");
}

void read_series(const JsonCursor& at, RunResult& result) {
  if (!at.has("duet")) {
    result.series = series_at(at["series"], result.judging, result.window_width);
    return;
  }
  result.duet = duet_at(at["duet"], result.judging);
  join_epochs(result);
}

Suspect suspect_at(const JsonCursor& at) {
  return {
      .stage = at["stage"].text(), .request = at["request"].text(), .metric = at["metric"].text()};
}

// What the verdict hears beside this run.
void read_others(const JsonCursor& at, RunResult& result) {
  if (at.has("earlier")) result.earlier = at["earlier"].list(run_digest_at);
  if (at.has("suspects")) result.suspects = at["suspects"].list(suspect_at);
}

RunResult result_at(const JsonCursor& at) {
  expect_format(at, kRunFormat, kRunVersion);
  RunResult result;
  result.info = info_at(at["info"]);
  result.judging = judging_at(at["judging"]);
  result.window_width = window_width_at(at["window_width_ns"]);
  read_series(at, result);
  result.failures = at["failures"].list(
      [&](const JsonCursor& item) { return failure_group_at(item, result.judging); });
  if (at.has("slowest")) {
    result.slowest = at["slowest"].list(
        [&](const JsonCursor& item) { return slow_group_at(item, result.judging); });
  }
  result.users = at["users"].list(users_point_at);
  result.health = health_at(at["health"]);
  read_use(at, result);
  read_others(at, result);
  return result;
}

}  // namespace

Result<RunResult> run_result_of(const nlohmann::json& value, std::string_view path) {
  Complaint complaint;
  RunResult result = result_at(JsonCursor(value, std::string(path), complaint));
  if (!complaint.empty()) return failure(std::move(complaint));
  return result;
}

Result<RunResult> parse_run_result(std::string_view json) {
  const Result<nlohmann::json> document = parse_json(json);
  if (!document) return failure(document.error());
  return run_result_of(*document, "");
}

}  // namespace loadgate::metrics
