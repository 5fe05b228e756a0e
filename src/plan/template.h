#pragma once

// Text with {{ … }} in it, compiled once when the plan is read and filled for every
// request. A compiled template is immutable and may be filled from any thread, each
// with a Scope of its own. Text without placeholders is_constant() and costs nothing.
//
// Placeholders: a variable or capture by name, user.id, iteration, random_int(a, b),
// random_choice(a, b, c), random_string(n), uuid(), now(), timestamp().

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include <tl/expected.hpp>

#include "base/clock.h"
#include "base/random.h"
#include "plan/value.h"

namespace loadgate::plan {

// The names a template may use. Their order is the order of Scope::variables.
class Names {
 public:
  // The slot of `name`, made if new.
  std::size_t declare(std::string_view name);
  // The slot, or npos.
  std::size_t find(std::string_view name) const;
  std::size_t size() const { return names_.size(); }
  const std::vector<std::string>& all() const { return names_; }

  static constexpr std::size_t npos = static_cast<std::size_t>(-1);

 private:
  std::vector<std::string> names_;
};

// What a user brings to a template. `variables` is indexed by slot.
struct Scope {
  std::span<const Value> variables;
  Random* random = nullptr;
  std::uint64_t user_id = 0;    // From 1, as people count users.
  std::uint64_t iteration = 0;  // From 0, of this user.
  WallTime now{};               // For now() and timestamp().
};

// What a filled placeholder goes through on its way into the text.
enum class Encoding : std::uint8_t {
  none,  // Headers, plain bodies.
  path,  // Percent-encoded, "/" too: one placeholder is one path segment or part of it.
  form,  // application/x-www-form-urlencoded, for query and form values.
  json,  // Inside a JSON string literal: quotes and backslashes escaped.
};

// A compile error and where in the template text it stands (bytes from its start).
struct TemplateError {
  std::size_t offset = 0;
  std::size_t length = 1;
  std::string text;
  std::string hint;
};

class Template {
 public:
  Template() = default;

  // REQUIRES: the literal parts of `text` are already encoded as they shall be sent.
  // Unknown names and functions, wrong argument counts, an open "{{" are errors.
  static tl::expected<Template, TemplateError> compile(std::string_view text, const Names& names,
                                                       Encoding encoding);

  // A JSON document as text (as nlohmann's dump() writes it) whose string literals may
  // hold placeholders: a literal that is one placeholder alone takes the value's own
  // type, within a longer one it is escaped. Errors give offsets into `document`.
  static tl::expected<Template, TemplateError> compile_json(std::string_view document,
                                                            const Names& names);

  bool is_constant() const { return placeholders_ == 0; }
  const std::string& constant() const { return constant_; }  // REQUIRES: is_constant().

  // Appends to `out`.
  void fill(const Scope& scope, std::string& out) const;

  // The text as the plan has it, for request names and for hashing.
  const std::string& source() const { return source_; }

  // Slots this template reads; for checks of the reader and for secrets.
  std::vector<std::size_t> slots() const;

 private:
  struct Variable {
    std::size_t slot;
  };
  struct UserId {};
  struct Iteration {};
  struct RandomInt {
    std::int64_t lowest, highest;
  };
  struct RandomChoice {
    std::vector<std::string> choices;
  };
  struct RandomString {
    std::size_t length;
  };
  struct Uuid {};
  struct Now {};
  struct Timestamp {};
  using Expression = std::variant<std::string, Variable, UserId, Iteration, RandomInt, RandomChoice,
                                  RandomString, Uuid, Now, Timestamp>;
  enum class Form : std::uint8_t { encoded, whole_json_value };
  struct Part {
    Expression expression;  // A std::string is literal text.
    Encoding encoding = Encoding::none;
    Form form = Form::encoded;
  };

  std::string source_;
  std::string constant_;
  std::vector<Part> parts_;
  std::size_t placeholders_ = 0;
};

}  // namespace loadgate::plan
