#include "metrics/run_digest_json.h"

#include <nlohmann/json.hpp>

#include "metrics/json_parts.h"
#include "metrics/json_text.h"
#include "metrics/resource_use_json.h"

namespace loadgate::metrics {

namespace {

using nlohmann::json;

constexpr std::string_view kFormat = "loadgate-baseline";
constexpr std::uint64_t kVersion = 1;

json json_of(const DigestSeries& series) {
  json written = {{"stage", series.stage},
                  {"request", series.request},
                  {"load_hash", series.load_hash},
                  {"requests", series.requests},
                  {"failures", series.failures},
                  {"p50_ns", series.p50.count()},
                  {"p95_ns", series.p95.count()},
                  {"p99_ns", series.p99.count()},
                  {"per_second", finite(series.per_second)},
                  {"is_saturated", series.is_saturated},
                  {"response_times", series.response_times.encode()}};
  if (series.typical_p50) written["typical_p50_ns"] = series.typical_p50->count();
  if (series.typical_p95) written["typical_p95_ns"] = series.typical_p95->count();
  if (series.cpu_per_request) written["cpu_per_request_ns"] = series.cpu_per_request->count();
  if (series.generator_cpu_per_request) {
    written["generator_cpu_per_request_ns"] = series.generator_cpu_per_request->count();
    written["bytes_per_request"] = finite(series.bytes_per_request);
  }
  return written;
}

std::optional<Nanoseconds> time_if_any(const JsonCursor& at, std::string_view name) {
  if (!at.has(name)) return std::nullopt;
  return at[name].time();
}

DigestSeries series_at(const JsonCursor& at) {
  return {.stage = at["stage"].text(),
          .request = at["request"].text(),
          .load_hash = at["load_hash"].text(),
          .requests = at["requests"].count(),
          .failures = at["failures"].count(),
          .p50 = at["p50_ns"].time(),
          .p95 = at["p95_ns"].time(),
          .p99 = at["p99_ns"].time(),
          .typical_p50 = time_if_any(at, "typical_p50_ns"),
          .typical_p95 = time_if_any(at, "typical_p95_ns"),
          .per_second = at["per_second"].number(),
          .is_saturated = at["is_saturated"].flag(),
          .cpu_per_request = time_if_any(at, "cpu_per_request_ns"),
          .generator_cpu_per_request = time_if_any(at, "generator_cpu_per_request_ns"),
          .bytes_per_request = at.has("bytes_per_request") ? at["bytes_per_request"].number() : 0,
          .response_times = histogram_at(at["response_times"])};
}

DigestSeries checked_series_at(const JsonCursor& at) {
  DigestSeries series = series_at(at);
  if (series.failures > series.requests) {
    at["failures"].complain("expected at most as many as requests");
  }
  if (series.per_second < 0) at["per_second"].complain("expected a number of at least 0");
  return series;
}

}  // namespace

json json_of(const RunDigest& digest) {
  json written = {
      {"format", kFormat},
      {"version", kVersion},
      {"plan_name", digest.plan_name},
      {"tool_version", digest.tool_version},
      {"commit", digest.commit},
      {"started", text_of(digest.started)},
      {"seed", digest.seed},
      {"environment", json_of(digest.environment)},
      {"series", list_of(digest.series, [](const auto& item) { return json_of(item); })}};
  add_controls(digest.control_before, digest.control_after, written);
  if (digest.steal_share != 0) written["steal_share"] = finite(digest.steal_share);
  if (digest.pressure) written["pressure"] = finite(*digest.pressure);
  if (!digest.accepted.empty()) written["accepted"] = digest.accepted;
  return written;
}

RunDigest run_digest_at(const JsonCursor& at) {
  expect_format(at, kFormat, kVersion);
  RunDigest digest;
  digest.plan_name = at["plan_name"].text();
  digest.tool_version = at["tool_version"].text();
  digest.commit = at["commit"].text();
  digest.started = wall_time_at(at["started"]);
  digest.seed = at["seed"].count();
  digest.environment = environment_at(at["environment"]);
  digest.control_before = control_at(at, "control_before");
  digest.control_after = control_at(at, "control_after");
  if (at.has("steal_share")) digest.steal_share = at["steal_share"].number();
  if (at.has("pressure")) digest.pressure = at["pressure"].number();
  if (at.has("accepted")) digest.accepted = at["accepted"].text();
  digest.series = at["series"].list(checked_series_at);
  return digest;
}

std::string to_json(const RunDigest& digest) { return pretty(json_of(digest)); }

Result<RunDigest> parse_run_digest(std::string_view text) {
  const Result<json> document = parse_json(text);
  if (!document) return failure(document.error());
  Complaint complaint;
  RunDigest digest = run_digest_at(JsonCursor(*document, "", complaint));
  if (!complaint.empty()) return failure(std::move(complaint));
  return digest;
}

}  // namespace loadgate::metrics
