#include "session/plan_file.h"

#include <cstdlib>

#include "base/file.h"
#include "embedded_plans.h"
#include "process/free_port.h"

namespace loadgate::session {
namespace {

std::optional<std::string> environment_variable(const std::string& name) {
  const char* value = std::getenv(name.c_str());
  if (value == nullptr) return std::nullopt;
  return value;
}

}  // namespace

PlanFile open_plan(const std::string& file, const reader::Overrides& overrides) {
  const Result<std::string> text = read_file(file);
  if (!text) return {std::nullopt, text.error().during("reading the plan").text + "\n"};
  reader::Reading reading = reader::read_plan(
      *text, file, overrides, {environment_variable, read_file, process::free_port()});
  if (reading.plan) {
    reading.plan->text = *text;
    return {std::move(reading.plan), {}};
  }
  return {std::nullopt, reader::render(reading.problems, reading.texts)};
}

std::string_view example_plan(std::string_view name) { return embedded::plans(name); }

std::span<const std::string_view> example_plans() { return embedded::plans_files(); }

}  // namespace loadgate::session
