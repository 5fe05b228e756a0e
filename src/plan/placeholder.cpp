#include "plan/placeholder.h"

#include <fmt/chrono.h>

#include <array>
#include <charconv>

namespace loadgate::plan {

// Writes the value of one placeholder into a buffer on the stack, so that filling a
// template allocates nothing of its own.
class PlaceholderWriter {
 public:
  struct Written {
    std::string_view text;
    Value::Kind kind = Value::Kind::text;
  };

  explicit PlaceholderWriter(const Scope& scope) : scope_(scope) {}

  Written operator()(const Placeholder::Variable& variable) {
    const Value& value = scope_.variables[variable.slot];
    return {value.text, value.kind};
  }
  Written operator()(const DataField& field) {
    const Value& value = value_of(field, *scope_.rows[field.source]);
    return {value.text, value.kind};
  }
  Written operator()(const Placeholder::UserId&) { return number(scope_.user_id); }
  Written operator()(const Placeholder::Iteration&) { return number(scope_.iteration); }
  Written operator()(const Placeholder::RandomInt& range) {
    return number(scope_.random->between(range.lowest, range.highest));
  }
  Written operator()(const Placeholder::RandomChoice& choice) {
    const Value& value = choice.choices[scope_.random->below(choice.choices.size())];
    return {value.text, value.kind};
  }
  Written operator()(const Placeholder::RandomString&) { return {}; }  // See append_random.
  Written operator()(const Placeholder::Uuid&);
  Written operator()(const Placeholder::Now&) {
    const auto end =
        fmt::format_to_n(buffer_.data(), buffer_.size(), "{:%Y-%m-%dT%H:%M:%SZ}",
                         fmt::gmtime(std::chrono::system_clock::to_time_t(scope_.now)));
    return {{buffer_.data(), end.size}, Value::Kind::text};
  }
  Written operator()(const Placeholder::Timestamp&) {
    return number(
        std::chrono::duration_cast<std::chrono::seconds>(scope_.now.time_since_epoch()).count());
  }

  // Letters and digits mean themselves in every encoding, so they skip the buffer.
  // True if the placeholder was one.
  static bool append_random(const Placeholder& placeholder, const Scope& scope, std::string& out) {
    constexpr std::string_view kLetters =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    const auto* text = std::get_if<Placeholder::RandomString>(&placeholder.what_);
    if (text == nullptr) return false;
    for (std::size_t i = 0; i < text->length; ++i) {
      out += kLetters[scope.random->below(kLetters.size())];
    }
    return true;
  }

 private:
  template <class Integer>
  Written number(Integer value) {
    const auto end = std::to_chars(buffer_.data(), buffer_.data() + buffer_.size(), value).ptr;
    return {{buffer_.data(), static_cast<std::size_t>(end - buffer_.data())}, Value::Kind::json};
  }

  const Scope& scope_;
  std::array<char, 40> buffer_;
};

// RFC 9562, version 4: random but for the version and variant bits.
PlaceholderWriter::Written PlaceholderWriter::operator()(const Placeholder::Uuid&) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  constexpr std::string_view kShape = "xxxxxxxx-xxxx-4xxx-Vxxx-xxxxxxxxxxxx";
  std::uint64_t bits = 0;
  unsigned left = 0;
  for (std::size_t i = 0; i < kShape.size(); ++i) {
    if (kShape[i] != 'x' && kShape[i] != 'V') {
      buffer_[i] = kShape[i];
      continue;
    }
    if (left == 0) {
      bits = scope_.random->next();
      left = 16;
    }
    const std::uint64_t nibble = kShape[i] == 'V' ? 8U | (bits & 3U) : bits & 15U;
    buffer_[i] = kDigits[nibble];
    bits >>= 4U;
    --left;
  }
  return {{buffer_.data(), kShape.size()}, Value::Kind::text};
}

void Placeholder::append(const Scope& scope, Encoding encoding, std::string& out) const {
  if (PlaceholderWriter::append_random(*this, scope, out)) return;
  PlaceholderWriter writer(scope);
  append_encoded(std::visit(writer, what_).text, encoding, out);
}

void Placeholder::append_json_value(const Scope& scope, std::string& out) const {
  PlaceholderWriter writer(scope);
  const PlaceholderWriter::Written value = std::visit(writer, what_);
  if (value.kind == Value::Kind::json) {
    out += value.text;
    return;
  }
  out += '"';
  if (!PlaceholderWriter::append_random(*this, scope, out)) {
    append_encoded(value.text, Encoding::json, out);
  }
  out += '"';
}

const Value& value_of(const DataField& field, const Row& row) {
  return field.column == DataField::kWhole ? row.whole : row.fields[field.column];
}

std::optional<DataField> Placeholder::data() const {
  const auto* field = std::get_if<DataField>(&what_);
  return field == nullptr ? std::nullopt : std::optional(*field);
}

std::optional<std::size_t> Placeholder::slot() const {
  const auto* variable = std::get_if<Variable>(&what_);
  return variable == nullptr ? std::nullopt : std::optional(variable->slot);
}

}  // namespace loadgate::plan
