#include "reader/read_scenarios.h"

#include <fmt/format.h>

#include <algorithm>

#include "reader/item.h"
#include "reader/key_tables.h"
#include "reader/read_request.h"
#include "reader/read_wait.h"
#include "reader/request_names.h"
#include "reader/values.h"

namespace loadgate::reader {
namespace {

struct ScenarioDraft {
  plan::Scenario scenario;
  const Entry* name = nullptr;
  const Entry* on_start = nullptr;
  const Entry* tasks = nullptr;
  const Entry* sequence = nullptr;
  const Entry* on_stop = nullptr;
};

void read_name(const Field& field, ScenarioDraft& draft) {
  draft.name = &field.entry;
  if (auto name = read_text(field)) draft.scenario.name = std::move(*name);
}
void read_weight(const Field& field, ScenarioDraft& draft) {
  draft.scenario.weight = read_whole_number(field, 1, 1'000'000).value_or(1);
}
void read_wait_of(const Field& field, ScenarioDraft& draft) {
  draft.scenario.wait = read_wait(field, Resting::between_iterations);
}
template <const Entry* ScenarioDraft::*member>
void take_list(const Field& field, ScenarioDraft& draft) {
  if (expect(field, YamlNode::Kind::sequence)) draft.*member = &field.entry;
}

constexpr std::array<Key<ScenarioDraft>, 7> kScenarioKeys{{
    {{"name", "a text", "scenario 1, scenario 2, …", "How problems and reports call it.",
      "name: shopper"},
     read_name},
    {{"weight", "a whole number", "1", "How many users do this, compared with the others.",
      "weight: 3"},
     read_weight},
    {{"wait", "a duration, a range, exponential or pacing", "0s",
      "How long a user rests between two tasks, or two passes of the sequence: 2s always, 1s..5s "
      "evenly between, exponential 2s on average, pacing 10s from one beginning to the next.",
      "wait: 1s..5s"},
     read_wait_of},
    {{"on_start", "a list of requests and waits", "", "What each user does once, first.",
      "on_start: [{ post: /login }]"},
     take_list<&ScenarioDraft::on_start>},
    {{"tasks", "a list of requests and tasks", "", "What users do over and over, drawn by weight.",
      "tasks: [{ get: /products/ }]"},
     take_list<&ScenarioDraft::tasks>},
    {{"sequence", "a list of requests and waits", "",
      "What users do in order, then again from the top; instead of tasks.",
      "sequence: [{ get: /a }, { wait: 2s }, { get: /b }]"},
     take_list<&ScenarioDraft::sequence>},
    {{"on_stop", "a list of requests and waits", "", "What each user does once, last.",
      "on_stop: [{ post: /logout }]"},
     take_list<&ScenarioDraft::on_stop>},
}};

// The names of what the requests of a list capture, steps of tasks included.
void collect_captures(const Entry* list, std::vector<std::string>& names) {
  if (list == nullptr) return;
  for (const YamlNode& item : list->value.items) {
    if (const Entry* capture = item.find("capture")) {
      for (const Entry& entry : capture->value.entries) names.push_back(entry.key);
    }
    collect_captures(item.find("steps"), names);
  }
}

class ScenarioReader {
 public:
  explicit ScenarioReader(Draft& draft) : draft_(draft) {}

  void read(const YamlNode& node) {
    ++number_;
    ScenarioDraft found;
    found.scenario.name = fmt::format("scenario {}", number_);
    if (!read_object(node, "a scenario", kScenarioKeys, found, draft_)) return;
    check_name(found);
    names_ = visible_names(found);
    plan::Scenario& scenario = found.scenario;
    scenario.on_start = read_steps(found.on_start, plan::Role::on_start);
    read_work(node, found);
    scenario.on_stop = read_steps(found.on_stop, plan::Role::on_stop);
    draft_.plan.scenarios.push_back(std::move(scenario));
  }

 private:
  void check_name(const ScenarioDraft& found) {
    const auto& others = draft_.plan.scenarios;
    const std::string& name = found.scenario.name;
    const bool is_twice = std::any_of(others.begin(), others.end(),
                                      [&](const auto& other) { return other.name == name; });
    if (!is_twice || found.name == nullptr) return;
    draft_.problems.add(found.name->value.span,
                        fmt::format("there are two scenarios called \"{}\"", name));
  }

  // Variables, and the captures of this scenario: another's users hold other values.
  plan::Names visible_names(const ScenarioDraft& found) {
    std::vector<std::string> captures;
    for (const Entry* list : {found.on_start, found.tasks, found.sequence, found.on_stop}) {
      collect_captures(list, captures);
    }
    for (const std::string& name : captures) draft_.plan.names.declare(name);
    captures.insert(captures.end(), draft_.variable_names.begin(), draft_.variable_names.end());
    return draft_.plan.names.only(captures);
  }

  void read_work(const YamlNode& node, ScenarioDraft& found) {
    // Those that are there but no lists are complained about already.
    const Entry* tasks = node.find("tasks");
    const Entry* sequence = node.find("sequence");
    if (tasks != nullptr && sequence != nullptr) {
      draft_.problems.add(sequence->key_span, "a scenario has either tasks or a sequence",
                          "\"tasks\" is given too");
    } else if (tasks == nullptr && sequence == nullptr) {
      draft_.problems.add(node.span, "the scenario has no tasks",
                          "for example tasks: [{ get: / }]");
    }
    if (found.tasks != nullptr) read_tasks(*found.tasks, found.scenario);
    if (found.sequence != nullptr) {
      found.scenario.tasks.push_back({1, sending_steps(*found.sequence, "the sequence")});
    }
  }

  void read_tasks(const Entry& tasks, plan::Scenario& scenario) {
    for (const YamlNode& item : tasks.value.items) read_task(item, scenario);
    if (tasks.value.items.empty()) {
      draft_.problems.add(tasks.value.span, "the scenario has no tasks",
                          "for example tasks: [{ get: / }]");
    }
  }

  void read_task(const YamlNode& node, plan::Scenario& scenario) {
    Item item;
    if (!read_item(node, ItemKind::task, item, draft_)) return;
    plan::Task task;
    task.weight = item.weight_value;
    if (item.steps == nullptr) {
      add_request_of(item, plan::Role::task, task.steps);
    } else if (const Entry* own = item.request_entry()) {
      draft_.problems.add(own->key_span,
                          fmt::format("a task with \"steps\" has no \"{}\" of its own", own->key),
                          "write it as one of the steps");
    } else {
      task.steps = steps_of_task(item);
    }
    scenario.tasks.push_back(std::move(task));
  }

  std::vector<plan::Step> steps_of_task(const Item& item) {
    std::string what = "the task";
    if (item.name != nullptr && read_text(field_of(*item.name, draft_))) {
      what += fmt::format(" \"{}\"", item.name->value.written);
    }
    if (!expect(field_of(*item.steps, draft_), YamlNode::Kind::sequence)) return {};
    return sending_steps(*item.steps, what);
  }

  // Complains where they only rest.
  std::vector<plan::Step> sending_steps(const Entry& list, std::string_view what) {
    std::vector<plan::Step> steps = read_steps(&list, plan::Role::task);
    const bool is_sound = steps.size() == list.value.items.size();
    const bool sends = std::any_of(steps.begin(), steps.end(), [](const plan::Step& step) {
      return std::holds_alternative<std::size_t>(step);
    });
    if (is_sound && !sends) {
      draft_.problems.add(list.key_span, fmt::format("{} sends no request", what));
    }
    return steps;
  }

  std::vector<plan::Step> read_steps(const Entry* list, plan::Role role) {
    std::vector<plan::Step> steps;
    if (list == nullptr) return steps;
    for (const YamlNode& node : list->value.items) {
      Item item;
      if (read_item(node, ItemKind::step, item, draft_)) read_step(item, role, steps);
    }
    return steps;
  }

  void read_step(const Item& item, plan::Role role, std::vector<plan::Step>& steps) {
    if (item.wait == nullptr) {
      add_request_of(item, role, steps);
      return;
    }
    if (item.is_request()) {
      draft_.problems.add(item.wait->key_span, "a step is either a request or a wait",
                          "write - wait: as a step of its own");
      return;
    }
    steps.emplace_back(read_wait(field_of(*item.wait, draft_), Resting::between_steps));
  }

  void add_request_of(const Item& item, plan::Role role, std::vector<plan::Step>& steps) {
    const bool is_refused =
        item.node->find("wait") != nullptr || item.node->find("steps") != nullptr;
    if (item.is_request()) {
      steps.emplace_back(add_request(item, role, names_, draft_));
    } else if (!is_refused) {  // Else the key that is there is complained about already.
      draft_.problems.add(item.node->span, "the request has no method",
                          "for example get: /products/");
    }
  }

  Draft& draft_;
  int number_ = 0;
  plan::Names names_;  // That this scenario may use.
};

}  // namespace

void read_scenarios(const Field& field, Draft& draft) {
  if (!expect(field, YamlNode::Kind::sequence)) return;
  ScenarioReader reader(draft);
  for (const YamlNode& item : field.value().items) reader.read(item);
  check_older_names(draft);
  if (field.value().items.empty()) {
    field.complain("there are no scenarios", "for example - tasks: [{ get: / }]");
  }
}

KeyTexts scenario_keys() { return texts_of(kScenarioKeys); }

}  // namespace loadgate::reader
