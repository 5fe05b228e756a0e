#pragma once

// What users do. Plain values, compiled: nothing here can fail while a run goes on.

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "base/clock.h"
#include "base/place.h"
#include "plan/json_path.h"
#include "plan/template.h"

namespace loadgate::plan {

enum class Method : std::uint8_t { get, head, post, put, patch, del, options };
std::string_view name_of(Method method);  // "GET", …, "DELETE".

// A name and a value; names of headers and parameters are constant text.
struct Field {
  std::string name;
  Template value;
};

struct Capture {
  std::string variable;
  std::size_t slot = 0;  // In Names, so in each user's variables.
  JsonPath path;
};

// Which statuses a request accepts.
class StatusRule {
 public:
  StatusRule() = default;  // Everything below 400.
  explicit StatusRule(int exactly) : exactly_(exactly) {}
  bool accepts(int status) const { return exactly_ ? status == *exactly_ : status < 400; }
  std::string text() const;  // "201", "below 400"

 private:
  std::optional<int> exactly_;
};

// Whose life a request belongs to. Only `task` requests are judged.
enum class Role : std::uint8_t { on_start, task, on_stop };

struct Request {
  std::size_t id = 0;       // Index into Plan::requests.
  std::size_t name_id = 0;  // Index into Plan::request_names; requests with one name share it.
  Method method = Method::get;
  Template url;                // Absolute: target and path joined, query included, encoded.
  std::vector<Field> headers;  // The plan's and the request's own; the body's Content-Type too.
  std::optional<Template> body;
  std::vector<Capture> captures;
  StatusRule status;
  Nanoseconds timeout{};
  Role role = Role::task;
  Place place;
  bool reads_body() const { return !captures.empty(); }
};

// A row of reports: all requests of one name and role.
struct RequestName {
  std::string text;  // "GET /store/products/{{ id }}" or the plan's `name`.
  Role role = Role::task;
  std::string load_hash;  // Of everything about these requests that makes the load what it is.
};

// How long a user rests between two tasks.
struct Wait {
  Nanoseconds shortest{};
  Nanoseconds longest{};  // Equal: fixed.
  bool is_none() const { return longest.count() == 0; }
  bool operator==(const Wait&) const = default;
};

// A request by its index in Plan::requests, or a rest between two requests.
using Step = std::variant<std::size_t, Wait>;

struct Task {
  unsigned weight = 1;
  std::vector<Step> steps;
};

struct Scenario {
  std::string name;
  unsigned weight = 1;
  Wait wait;
  std::vector<Step> on_start;
  std::vector<Task> tasks;
  std::vector<Step> on_stop;
  std::string load_hash;  // Of the mix: weights, waits and which requests follow which.
};

}  // namespace loadgate::plan
