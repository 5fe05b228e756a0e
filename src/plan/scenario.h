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
#include "plan/check.h"
#include "plan/template.h"

namespace loadgate::plan {

enum class Method : std::uint8_t { get, head, post, put, patch, del, options };
std::string_view name_of(Method method);  // "GET", …, "DELETE".

// A header as it is sent. Names are constant text.
struct Header {
  enum class Form : std::uint8_t {
    plain,       // The value as it is.
    basic_auth,  // "Basic " and base64 of the value, which is "user:password".
  };
  std::string name;
  Template value;
  Form form = Form::plain;
};

// Whose life a request belongs to. Only `task` requests are judged.
enum class Role : std::uint8_t { on_start, task, on_stop };

struct Request {
  std::size_t id = 0;       // Index into Plan::requests.
  std::size_t name_id = 0;  // Index into Plan::request_names; requests with one name share it.
  Method method = Method::get;
  Template url;                 // Absolute: target and path joined, query included, encoded.
  std::vector<Header> headers;  // The plan's and the request's own; the body's Content-Type too.
  std::optional<Template> body;
  std::vector<Capture> captures;
  Expectations expect;
  std::vector<std::size_t> data;  // Indices into Plan::data: what its templates read, each once.
  Nanoseconds timeout{};
  Role role = Role::task;
  Place place;
  bool reads_body() const;
};

// A row of reports: all requests of one name and role.
struct RequestName {
  std::string text;  // "GET /store/products/{{ id }}" or the plan's `name`.
  Role role = Role::task;
  std::string load_hash;  // Of everything about these requests that makes the load what it is.
  std::string was{};      // Its name in older baselines; empty: the same.
};

// How long a user rests between two iterations, or two steps.
struct Wait {
  enum class Kind : std::uint8_t {
    uniform,      // From shortest to longest, evenly; equal: fixed.
    exponential,  // With the mean `shortest`, as independent visitors come.
    pacing,       // An iteration begins every `shortest`, or at once where the last took longer.
  };
  Nanoseconds shortest{};
  Nanoseconds longest{};  // Of the other kinds the same as shortest.
  Kind kind = Kind::uniform;
  bool is_none() const { return longest.count() == 0; }
  bool operator==(const Wait&) const = default;
};

// A request by its index in Plan::requests, or a rest between two requests.
using Step = std::variant<std::size_t, Wait>;

// One iteration. A scenario's `sequence` is its only task.
struct Task {
  unsigned weight = 1;
  std::vector<Step> steps;
};

struct Scenario {
  std::string name;
  unsigned weight = 1;
  Wait wait;
  std::vector<Step> on_start;
  std::vector<Task> tasks;  // Drawn by weight. Not empty.
  std::vector<Step> on_stop;
};

}  // namespace loadgate::plan
