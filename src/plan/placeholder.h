#pragma once

// What stands between {{ and }}, compiled: a variable or capture by name, data.NAME.field,
// data.NAME, user.id,
// iteration, random_int(a, b), random_choice(a, b, c), random_string(n), uuid(), now(),
// timestamp(). Immutable; filled from any thread, each with a Scope of its own.

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include <tl/expected.hpp>

#include "base/clock.h"
#include "base/random.h"
#include "plan/data.h"
#include "plan/encoding.h"
#include "plan/names.h"
#include "plan/value.h"

namespace loadgate::plan {

// A column of one of Plan::data, or the whole row.
struct DataField {
  static constexpr std::size_t kWhole = static_cast<std::size_t>(-1);
  std::size_t source = 0;
  std::size_t column = kWhole;
  bool operator==(const DataField&) const = default;
};
const Value& value_of(const DataField& field, const Row& row);

// What a user brings to a template. `variables` is indexed by slot, `rows` by source: the
// row in hand, never null where a template reads it.
struct Scope {
  std::span<const Value> variables;
  std::span<const Row* const> rows{};
  Random* random = nullptr;
  std::uint64_t user_id = 0;    // From 1, as people count users.
  std::uint64_t iteration = 0;  // From 0, of this user.
  WallTime now{};               // For now() and timestamp().
};

// A compile error and where in the template text it stands (bytes from its start).
struct TemplateError {
  std::size_t offset = 0;
  std::size_t length = 1;
  std::string text;
  std::string hint;
};

class Placeholder {
 public:
  // `text` is what stands between the braces; errors count from its start.
  static tl::expected<Placeholder, TemplateError> parse(std::string_view text, const Names& names);

  // REQUIRES: scope.random; every slot of the names it was parsed with in scope.variables.
  void append(const Scope& scope, Encoding encoding, std::string& out) const;
  // As a JSON value of its own type: numbers bare, text in quotes.
  void append_json_value(const Scope& scope, std::string& out) const;

  // The variable it reads, if it reads one.
  std::optional<std::size_t> slot() const;
  // The row or field of data it reads, if it reads one.
  std::optional<DataField> data() const;

  // For parse(): nobody else can name an alternative.
  template <class Alternative>
  explicit Placeholder(std::in_place_type_t<Alternative> which, Alternative what)
      : what_(which, std::move(what)) {}

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
    std::vector<Value> choices;
  };
  struct RandomString {
    std::size_t length;
  };
  struct Uuid {};
  struct Now {};
  struct Timestamp {};
  using What = std::variant<Variable, DataField, UserId, Iteration, RandomInt, RandomChoice,
                            RandomString, Uuid, Now, Timestamp>;

  friend class PlaceholderParser;
  friend class PlaceholderWriter;
  What what_;
};

}  // namespace loadgate::plan
