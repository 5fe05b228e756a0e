#pragma once

// Small plans built in code, so that tests of the load need no reader.

#include <cassert>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "plan/plan.h"

namespace loadgate::support {

inline plan::Stage stage(unsigned users, Nanoseconds duration, Nanoseconds ramp = {},
                         std::string name = "steady") {
  plan::Stage stage;
  stage.name = std::move(name);
  stage.users = users;
  stage.duration = duration;
  stage.ramp = ramp;
  return stage;
}

inline plan::Stage rate_stage(double rate, Nanoseconds duration, Nanoseconds ramp = {},
                              unsigned max_users = 1000) {
  plan::Stage open = stage(0, duration, ramp, "open");
  open.load = plan::Load::rate;
  open.rate = rate;
  open.max_users = max_users;
  return open;
}

// Rows "0", "1", … of one column "nr".
inline plan::Data rows(std::string name, std::size_t count) {
  plan::Data data;
  data.name = std::move(name);
  data.columns = {"nr"};
  for (std::size_t i = 0; i < count; ++i) {
    const plan::Value number{plan::Value::Kind::json, std::to_string(i)};
    data.rows.push_back({{number}, {plan::Value::Kind::json, "{\"nr\":" + number.text + "}"}});
  }
  return data;
}

// Builds a plan piece by piece; names of variables before the templates that use them.
class SamplePlan {
 public:
  SamplePlan() {
    plan_.name = "sample";
    plan_.target = "http://sample.test";
  }

  SamplePlan& with(plan::Stage stage) {
    plan_.stages.push_back(std::move(stage));
    return *this;
  }

  SamplePlan& variable(std::string_view name, std::string_view text) {
    plan_.variables.push_back(
        {plan_.names.declare(name), {plan::Value::Kind::text, std::string(text)}});
    return *this;
  }

  const plan::Names& names() const { return plan_.names; }

  // For {{ data.NAME.nr }}; say which requests read it with reads().
  SamplePlan& data(plan::Data data) {
    plan_.names.declare_data({data.name, data.columns});
    plan_.data.push_back(std::move(data));
    return *this;
  }
  void reads(std::size_t request, std::size_t source) {
    plan_.requests[request].data.push_back(source);
  }

  std::size_t declare(std::string_view name) { return plan_.names.declare(name); }

  plan::Template text(std::string_view source,
                      plan::Encoding encoding = plan::Encoding::none) const {
    auto compiled = plan::Template::compile(source, plan_.names, encoding);
    assert(compiled);
    return *std::move(compiled);
  }

  // A request and its name; change it through request() afterwards.
  std::size_t get(std::string_view path, plan::Role role = plan::Role::task) {
    plan::Request request;
    request.id = plan_.requests.size();
    request.name_id = plan_.request_names.size();
    request.url = text(plan_.target + std::string(path), plan::Encoding::path);
    request.timeout = plan_.http.timeout;
    request.role = role;
    plan_.request_names.push_back({"GET " + std::string(path), role, "hash"});
    plan_.requests.push_back(std::move(request));
    return plan_.requests.size() - 1;
  }

  plan::Request& request(std::size_t id) { return plan_.requests[id]; }

  void capture(std::size_t request, std::string_view name, std::string_view path) {
    plan_.requests[request].captures.push_back(
        {std::string(name), plan_.names.declare(name), *plan::JsonPath::compile(path)});
  }

  SamplePlan& with(plan::Scenario scenario) {
    plan_.scenarios.push_back(std::move(scenario));
    return *this;
  }

  plan::Plan& plan() { return plan_; }

 private:
  plan::Plan plan_;
};

inline plan::Wait fixed(Nanoseconds time) { return {time, time}; }

// One user after another does nothing but GET /.
inline SamplePlan plain_plan(plan::Stage only, plan::Wait wait = {}) {
  SamplePlan sample;
  plan::Scenario scenario;
  scenario.name = "visitor";
  scenario.wait = wait;
  scenario.tasks.push_back({1, {sample.get("/")}});
  sample.with(std::move(only)).with(std::move(scenario));
  return sample;
}

}  // namespace loadgate::support
