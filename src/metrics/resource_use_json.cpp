#include "metrics/resource_use_json.h"

#include <functional>
#include <nlohmann/json.hpp>

#include "metrics/json_parts.h"

namespace loadgate::metrics {

namespace {

using nlohmann::json;

json json_of(const UsePoint& point) {
  return {{"at_ns", point.at.count()},
          {"cpu_ns", point.cpu.count()},
          {"memory", point.memory},
          {"processes", point.processes}};
}

json json_of(const MachinePoint& point) {
  return {{"at_ns", point.at.count()},
          {"busy_ns", point.busy.count()},
          {"stolen_ns", point.stolen.count()},
          {"pressure_ns", point.pressure.count()},
          {"own_ns", point.own.count()}};
}

UsePoint use_point_at(const JsonCursor& at) {
  return {.at = at["at_ns"].time(),
          .cpu = at["cpu_ns"].time(),
          .memory = at["memory"].count(),
          .processes = at["processes"].count_as<unsigned>()};
}

MachinePoint machine_point_at(const JsonCursor& at) {
  return {.at = at["at_ns"].time(),
          .busy = at["busy_ns"].time(),
          .stolen = at["stolen_ns"].time(),
          .pressure = at["pressure_ns"].time(),
          .own = at["own_ns"].time()};
}

json json_of(const Control& control) {
  return {{"work_ns", control.work.count()}, {"round_trip_ns", control.round_trip.count()}};
}

}  // namespace

json json_of(const ResourceUse& use) {
  json written = {
      {"name", use.name},
      {"is_judged", use.is_judged},
      {"points", list_of(use.points, [](const UsePoint& point) { return json_of(point); })}};
  if (!use.trouble.empty()) written["trouble"] = use.trouble;
  return written;
}

ResourceUse resource_use_at(const JsonCursor& at) {
  ResourceUse use = {.name = at["name"].text(),
                     .is_judged = at["is_judged"].flag(),
                     .points = at["points"].list(use_point_at),
                     .trouble = at.has("trouble") ? at["trouble"].text() : ""};
  expect_rising(at["points"], use.points, &UsePoint::at, std::greater<>());
  return use;
}

json json_of(const MachineUse& use) {
  return {
      {"cores", use.cores},
      {"points", list_of(use.points, [](const MachinePoint& point) { return json_of(point); })}};
}

MachineUse machine_use_at(const JsonCursor& at) {
  MachineUse use = {.cores = at["cores"].count_as<unsigned>(),
                    .points = at["points"].list(machine_point_at)};
  expect_rising(at["points"], use.points, &MachinePoint::at, std::greater<>());
  return use;
}

void add_controls(const std::optional<Control>& before, const std::optional<Control>& after,
                  json& written) {
  if (before) written["control_before"] = json_of(*before);
  if (after) written["control_after"] = json_of(*after);
}

std::optional<Control> control_at(const JsonCursor& at, std::string_view field) {
  if (!at.has(field)) return std::nullopt;
  const JsonCursor control = at[field];
  return Control{.work = control["work_ns"].time(), .round_trip = control["round_trip_ns"].time()};
}

}  // namespace loadgate::metrics
