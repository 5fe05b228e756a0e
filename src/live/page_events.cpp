#include "live/page_events.h"

#include <cmath>
#include <nlohmann/json.hpp>

#include "base/text.h"
#include "server/event_server.h"

namespace loadgate::live {
namespace {

using nlohmann::json;

// Four digits: more than a page shows, and short.
double short_number(double value) {
  if (value == 0 || !std::isfinite(value)) return 0;
  if (std::abs(value) >= 1000) return std::round(value);
  const double scale = std::pow(10, 3 - std::floor(std::log10(std::abs(value))));
  return std::round(value * scale) / scale;
}

double ms(Nanoseconds time) { return short_number(milliseconds(time)); }

json point_json(const Point& point) {
  json values = json::array({std::round(point.at * 10) / 10});
  for (const double value : {point.wanted, point.begun, point.requests, point.failures, point.users,
                             point.p50, point.p95}) {
    values.push_back(short_number(value));
  }
  return values;
}

json row_json(std::size_t number, const Row& row) {
  return json::array({number, row.requests, row.failures, short_number(row.per_second), ms(row.p50),
                      ms(row.p95), ms(row.p99), ms(row.highest)});
}

json failures_json(const RunSoFar& so_far) {
  json failures = json::array();
  for (const FailedRow& failed : so_far.failures()) {
    failures.push_back({{"row", failed.row},
                        {"kind", metrics::name_of(failed.kind)},
                        {"count", failed.count},
                        {"detail", failed.detail},
                        {"answer", failed.answer}});
  }
  return failures;
}

json now_json(const load::Progress& now, const Point& last) {
  return {{"stage", now.stage},
          {"elapsed", seconds(now.elapsed)},
          {"length", seconds(now.length)},
          {"users", now.users},
          {"requests", now.requests},
          {"failures", now.failures},
          {"sides", now.so_far.size()},
          {"point", point_json(last)}};
}

json stages_json(const std::vector<Outline::Stage>& stages) {
  json list = json::array();
  for (const Outline::Stage& stage : stages) {
    list.push_back({{"name", stage.name},
                    {"from", seconds(stage.from)},
                    {"to", seconds(stage.to)},
                    {"warmup", stage.is_warmup}});
  }
  return list;
}

json end_json(const End& end) {
  return {{"sign", end.sign},         {"headline", end.headline},
          {"sentence", end.sentence}, {"code", end.exit_code},
          {"file", end.report_file},  {"has_report", !end.report_html.empty()}};
}

std::string text_of(std::string_view name, const json& data) {
  return server::event_text(name, data.dump(-1, ' ', false, json::error_handler_t::replace));
}

}  // namespace

Outline outline_of(const plan::Plan& plan) {
  Outline outline{.plan = plan.name, .target = plan.target, .names = {}, .stages = {}};
  for (const plan::RequestName& name : plan.request_names) outline.names.push_back(name.text);
  Nanoseconds from{};
  for (const plan::Stage& stage : plan.stages) {
    outline.stages.push_back({stage.name, from, from + stage.duration, stage.is_warmup});
    from += stage.duration;
  }
  return outline;
}

std::string state_event(const Outline& outline, const RunSoFar& so_far, const Standing& standing) {
  json state = {{"plan", outline.plan},
                {"target", outline.target},
                {"names", outline.names},
                {"stages", stages_json(outline.stages)},
                {"points", json::array()},
                {"rows", json::array()},
                {"failures", failures_json(so_far)},
                {"notes", standing.notes},
                {"stopping", standing.is_stopping}};
  for (const Point& point : so_far.history().points()) state["points"].push_back(point_json(point));
  for (std::size_t row = 0; row < so_far.rows().size(); ++row) {
    state["rows"].push_back(row_json(row, so_far.rows()[row]));
  }
  if (so_far.now()) state["now"] = now_json(*so_far.now(), so_far.last_second());
  if (standing.end) state["end"] = end_json(*standing.end);
  return text_of("state", state);
}

std::string second_event(const RunSoFar& so_far) {
  json second = {{"now", now_json(*so_far.now(), so_far.last_second())},
                 {"rows", json::array()},
                 {"failures", failures_json(so_far)}};
  for (const std::size_t row : so_far.rows_changed()) {
    second["rows"].push_back(row_json(row, so_far.rows()[row]));
  }
  return text_of("second", second);
}

std::string note_event(const std::string& line) { return text_of("note", line); }

std::string stopping_event() { return text_of("stopping", json::object()); }

std::string end_event(const End& end) { return text_of("end", end_json(end)); }

}  // namespace loadgate::live
