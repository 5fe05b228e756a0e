#pragma once

// A plan in outline, made from a recording or a description and written out as YAML.
// Texts are as a plan has them: {{ … }} is a placeholder, and what must stand for itself
// has gone through literal_text(). Plain values.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "base/clock.h"
#include "plan/scenario.h"

namespace loadgate::reader {

// A JSON value whose texts may hold placeholders.
struct SketchValue {
  enum class Kind : std::uint8_t {
    bare,  // Number, true, false, null: written as it is.
    text,
    list,
    map,
  };
  Kind kind = Kind::bare;
  std::string text = "null";  // Of bare and text.
  std::vector<SketchValue> items{};
  std::vector<std::pair<std::string, SketchValue>> members{};
};

using SketchFields = std::vector<std::pair<std::string, std::string>>;

// A token, or a user and a password; empty: neither.
struct SketchAuth {
  std::string bearer{};
  std::string user{}, password{};
};

struct SketchRequest {
  plan::Method method = plan::Method::get;
  std::string path{};
  std::string name{};  // Empty: the method and the path.
  SketchFields query{};
  SketchFields headers{};
  SketchAuth auth{};
  std::optional<SketchValue> json{};
  SketchFields form{};
  std::optional<std::string> body{};
  SketchFields captures{};
  int status = 0;  // 0: any below 400.
  std::vector<std::string> remarks{};
  bool is_left_out = false;  // Written as a comment.
};

// A request, or a rest before the next.
using SketchStep = std::variant<SketchRequest, Nanoseconds>;

// A value that no plan may hold: a variable of the plan, filled from the environment.
struct SketchSecret {
  std::string variable;      // "password"
  std::string environment;   // "PASSWORD"
  bool is_captured = false;  // From an earlier response: needs no environment.
};

struct Sketch {
  enum class Order : std::uint8_t { sequence, tasks };
  std::vector<std::string> remarks{};
  std::string name{};
  std::string target{};
  std::vector<SketchSecret> secrets{};
  Order order = Order::sequence;
  std::vector<SketchStep> steps{};
};

// `text` so that a plan means exactly it: "$" and "{{" lose what they mean there.
std::string literal_text(std::string_view text);
// The same where a placeholder follows, which its end must not join: "$" makes "${" of "{{".
std::string literal_before_placeholder(std::string_view text);

// Whether `text` stands in what the plan says about `request`.
bool mentions(const SketchRequest& request, std::string_view text);

// The plan of `sketch`, commented, without secrets that no request mentions. REQUIRES: a request
// that is not left out.
std::string write_plan(const Sketch& sketch);

}  // namespace loadgate::reader
