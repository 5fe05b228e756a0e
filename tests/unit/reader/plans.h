#pragma once

// Small plans around the part a test is about.

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <utility>

#include "base/random.h"
#include "environment.h"

namespace loadgate::reader {

constexpr std::string_view kHead = R"(name: shop
target: http://127.0.0.1:8000
stages: [{ for: 1m, users: 5 }]
)";

// A plan with one scenario whose tasks are `tasks`, a YAML list in flow style.
inline std::string with_tasks(std::string_view tasks, std::string_view more = "") {
  return std::string(kHead) + "scenarios: [{ tasks: " + std::string(tasks) + " }]\n" +
         std::string(more);
}

// The plan of `text`, which must be right.
inline plan::Plan right(std::string_view text, const Overrides& overrides = {}) {
  Reading reading = read(text, overrides);
  EXPECT_EQ(render(reading.problems, reading.texts), "");
  return reading.plan ? std::move(*reading.plan) : plan::Plan();
}

// A plan of one POST request with `keys`, as "json: 5, headers: { A: b }".
inline plan::Plan with_request(std::string_view keys, std::string_view more = "") {
  plan::Plan plan = right(with_tasks("[{ post: /, " + std::string(keys) + " }]", more));
  if (plan.requests.empty()) plan.requests.emplace_back();
  return plan;
}

// A plan of one scenario, in flow style.
inline plan::Plan with_scenario(std::string_view scenario) {
  plan::Plan plan = right(std::string(kHead) + "scenarios: [" + std::string(scenario) + "]\n");
  if (plan.scenarios.empty()) plan.scenarios.emplace_back();
  return plan;
}

// A template as the plan's first user fills it.
inline std::string filled(const plan::Plan& plan, const plan::Template& made) {
  std::vector<plan::Value> values(plan.names.size());
  for (const plan::Variable& variable : plan.variables) values[variable.slot] = variable.value;
  Random random(1);
  std::string out;
  made.fill({.variables = values, .random = &random, .user_id = 1}, out);
  return out;
}

inline std::string header(const plan::Plan& plan, std::string_view name) {
  for (const plan::Header& field : plan.requests.at(0).headers) {
    if (field.name == name) return filled(plan, field.value);
  }
  return "none";
}

}  // namespace loadgate::reader
