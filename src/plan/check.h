#pragma once

// What a response must be, or its request failed; and what is taken out of it. Plain
// values, compiled: nothing here can fail while a run goes on.

#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "base/clock.h"
#include "plan/json_path.h"
#include "plan/regex.h"
#include "plan/template.h"

namespace loadgate::plan {

// Which statuses a request accepts.
class StatusRule {
 public:
  struct Range {
    int lowest = 0, highest = 0;  // Both are accepted.
  };
  StatusRule() = default;  // Everything below 400.
  explicit StatusRule(int exactly) : ranges_{{exactly, exactly}} {}
  // REQUIRES: not empty. 201 is {201, 201}, 2xx is {200, 299}.
  explicit StatusRule(std::vector<Range> ranges) : ranges_(std::move(ranges)) {}
  bool accepts(int status) const;
  std::string text() const;  // "201", "200, 201 or 3xx", "below 400"

 private:
  std::vector<Range> ranges_;
};

// A value that is there, whatever it is.
struct Exists {};
struct LessThan {
  double limit = 0;
};
struct GreaterThan {
  double limit = 0;
};

struct JsonCheck {
  JsonPath path;
  // A Template is the wanted value as JSON text (compile_json), compared as JSON.
  std::variant<Exists, Template, LessThan, GreaterThan, Regex> wanted;
};

struct HeaderCheck {
  std::string name;  // Case does not matter.
  std::variant<Exists, Template, Regex> wanted;
};

struct Expectations {
  StatusRule status;
  std::vector<JsonCheck> json;
  std::vector<HeaderCheck> headers;
  std::vector<Template> contains;     // Each somewhere in the body.
  std::vector<Regex> matches;         // Each somewhere in the body.
  std::optional<Nanoseconds> within;  // The response time, due to last byte.

  bool reads_body() const { return !json.empty() || !contains.empty() || !matches.empty(); }
};

struct FromHeader {
  std::string name;  // Case does not matter; the first one counts.
};
struct FromCookie {
  std::string name;  // As the response sets it.
};

struct Capture {
  std::string variable;
  std::size_t slot = 0;  // In Names, so in each user's variables.
  std::variant<JsonPath, FromHeader, FromCookie, Regex> from;

  bool reads_body() const {
    return std::holds_alternative<JsonPath>(from) || std::holds_alternative<Regex>(from);
  }
};

}  // namespace loadgate::plan
