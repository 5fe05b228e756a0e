// The reading half of result.json: everything is checked, because files are edited,
// cut off and made by other versions.

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <optional>

#include "metrics/json_cursor.h"
#include "metrics/json_parts.h"
#include "metrics/json_text.h"
#include "metrics/run_result_json.h"
#include "metrics/run_result_names.h"

namespace loadgate::metrics {

namespace {

constexpr std::uint64_t kMostIndex = std::numeric_limits<std::uint32_t>::max();

// A kind of failure; those that are none are refused.
ErrorKind kind_named(const JsonCursor& at, std::string_view word) {
  const ErrorKind kind = error_kind_named(word);
  if (kind == ErrorKind::none || kind == ErrorKind::cancelled) complain_about_word(at, word);
  return kind;
}

// An index into a list of `size` elements.
template <class Index>
Index index_at(const JsonCursor& at, std::size_t size, std::string_view list) {
  const std::uint64_t index = at.count();
  if (index >= size) at.complain(fmt::format("there is no {}[{}]", list, index));
  return static_cast<Index>(index);
}

RunInfo info_at(const JsonCursor& at) {
  return {.plan_name = at["plan_name"].text(),
          .plan_file = at["plan_file"].text(),
          .target = at["target"].text(),
          .command = at["command"].text(),
          .tool_version = at["tool_version"].text(),
          .commit = at["commit"].text(),
          .seed = at["seed"].count(),
          .workers = at["workers"].count_as<unsigned>(),
          .started = wall_time_at(at["started"]),
          .length = at["length_ns"].time(),
          .interrupted = at["interrupted"].flag(),
          .aborted = at["aborted"].text(),
          .environment = environment_at(at["environment"])};
}

Interval interval_at(const JsonCursor& at) {
  const Interval interval = {.from = at["from_ns"].time(), .to = at["to_ns"].time()};
  if (interval.to < interval.from) at.complain("ends before it begins");
  return interval;
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

plan::GateRules gate_at(const JsonCursor& at) {
  const JsonCursor stored = at["stored"];
  return {.stored = {.cpu_per_request = stored["cpu_per_request"].number(),
                     .p50 = stored["p50"].number(),
                     .p95 = stored["p95"].number(),
                     .error_rate = stored["error_rate"].number()},
          .latency_floor = at["latency_floor_ns"].time(),
          .confidence = at["confidence"].number(),
          .ignored_requests = at["ignored_requests"].texts()};
}

Judging judging_at(const JsonCursor& at) {
  return {.stages = at["stages"].list(stage_at),
          .requests = at["requests"].list(request_at),
          .thresholds = at["thresholds"].list(threshold_at),
          .gate = gate_at(at["gate"]),
          .rating = {.optimal = at["rating"]["optimal_ns"].time(),
                     .acceptable = at["rating"]["acceptable_ns"].time()}};
}

Phases phases_at(const JsonCursor& at) {
  return {.dns = at["dns_ns"].time(),
          .connect = at["connect_ns"].time(),
          .tls = at["tls_ns"].time(),
          .send = at["send_ns"].time(),
          .wait = at["wait_ns"].time(),
          .receive = at["receive_ns"].time()};
}

Tally tally_at(const JsonCursor& at) {
  Tally tally;
  tally.requests = at["requests"].count();
  at["errors"].each_field([&](const std::string& name, const JsonCursor& count) {
    tally.errors[static_cast<std::size_t>(kind_named(count, name))] = count.count();
  });
  tally.cancelled = at["cancelled"].count();
  tally.bytes_sent = at["bytes_sent"].count();
  tally.bytes_received = at["bytes_received"].count();
  tally.phases = phases_at(at["phases"]);
  tally.response_times = histogram_at(at["response_times"]);
  if (at.has("service_times")) tally.service_times = histogram_at(at["service_times"]);
  return tally;
}

Window window_at(const JsonCursor& at, Nanoseconds width) {
  // The start of a window, index · width, is a time too and must not overflow.
  const auto most = static_cast<std::uint64_t>(JsonCursor::kLongestTime / width);
  Result<Histogram::Packed> times = Histogram::decode_packed(at["response_times"].text());
  if (!times) at["response_times"].complain(times.error().text);
  return {.index = static_cast<std::uint32_t>(at["index"].count(std::min(most, kMostIndex))),
          .requests = at["requests"].count(),
          .failures = at["failures"].count(),
          .response_times = times ? *std::move(times) : Histogram::Packed()};
}

// Nothing equal, nothing falling.
template <class Items, class Projection>
void expect_rising(const JsonCursor& at, const Items& items, Projection projection) {
  const auto wrong = std::ranges::adjacent_find(items, std::greater_equal(), projection);
  if (wrong == items.end()) return;
  at[static_cast<std::size_t>(wrong - items.begin()) + 1].complain("stands out of order");
}

Series series_at(const JsonCursor& at, const Judging& judging, Nanoseconds window_width) {
  Series series;
  series.key = {
      .side = word_at<Side>(at["side"], kSides),
      .stage = index_at<std::uint16_t>(at["stage"], judging.stages.size(), "judging.stages"),
      .request_name =
          index_at<std::uint32_t>(at["request_name"], judging.requests.size(), "judging.requests")};
  series.all = tally_at(at["all"]);
  series.held = tally_at(at["held"]);
  series.windows =
      at["windows"].list([&](const JsonCursor& item) { return window_at(item, window_width); });
  expect_rising(at["windows"], series.windows, &Window::index);
  return series;
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
  return {.request_name = index_at<std::uint32_t>(at["request_name"], judging.requests.size(),
                                                  "judging.requests"),
          .kind = kind_named(at["kind"], at["kind"].text()),
          .count = at["count"].count(),
          .samples = at["samples"].list(failure_sample_at)};
}

SlowGroup slow_group_at(const JsonCursor& at, const Judging& judging) {
  return {.request_name = index_at<std::uint32_t>(at["request_name"], judging.requests.size(),
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

RunResult result_at(const JsonCursor& at) {
  expect_format(at, kRunFormat, kRunVersion);
  RunResult result;
  result.info = info_at(at["info"]);
  result.judging = judging_at(at["judging"]);
  result.window_width = window_width_at(at["window_width_ns"]);
  result.series = at["series"].list(
      [&](const JsonCursor& item) { return series_at(item, result.judging, result.window_width); });
  expect_rising(at["series"], result.series, &Series::key);
  result.failures = at["failures"].list(
      [&](const JsonCursor& item) { return failure_group_at(item, result.judging); });
  if (at.has("slowest")) {
    result.slowest = at["slowest"].list(
        [&](const JsonCursor& item) { return slow_group_at(item, result.judging); });
  }
  result.users = at["users"].list(users_point_at);
  result.health = health_at(at["health"]);
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
