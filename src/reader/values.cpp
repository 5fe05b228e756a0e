#include "reader/values.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "base/text.h"
#include "base/units.h"
#include "plan/stage.h"

namespace loadgate::reader {
namespace {

std::string for_example(const Field& field) {
  return fmt::format("for example {}", field.key.example);
}

// Something that is no such value, or lacks its unit.
void complain_about_value(const Field& field) {
  const YamlNode& value = field.value();
  const bool is_bare_number = parse_number(value.text).has_value();
  field.complain(is_bare_number ? fmt::format("{} has no unit; \"{}\" is {}", value.written,
                                              field.key.name, field.key.type)
                                : fmt::format("\"{}\" is not {}", value.written, field.key.type),
                 for_example(field));
}

// What a quoted text is not: only plain and replaced scalars are numbers and booleans.
bool is_typed(const YamlNode& scalar) { return scalar.is_plain || scalar.is_replaced; }

void complain_about_type(const Field& field) {
  const YamlNode& value = field.value();
  field.complain(fmt::format("{} is not {}",
                             value.is_plain || value.is_replaced ? '"' + value.written + '"'
                                                                 : "text in quotes",
                             field.key.type),
                 for_example(field));
}

// As YAML's core schema has them, but not as JSON has.
bool is_number_of_yaml_alone(std::string_view text) {
  if (text.starts_with('+') || text.starts_with('-')) text.remove_prefix(1);
  if (text == ".inf" || text == ".Inf" || text == ".nan" || text == ".NaN") return true;
  const auto consists_of = [](std::string_view all, std::string_view set) {
    return !all.empty() && all.find_first_not_of(set) == std::string_view::npos;
  };
  if (text.starts_with("0x")) return consists_of(text.substr(2), "0123456789abcdefABCDEF");
  if (text.starts_with("0o")) return consists_of(text.substr(2), "01234567");
  const bool has_digit = text.find_first_of("0123456789") != std::string_view::npos;
  while (text.size() > 1 && text.starts_with('0') && text[1] != '.') text.remove_prefix(1);
  if (text.starts_with('.')) text.remove_prefix(1);
  if (text.ends_with('.')) text.remove_suffix(1);
  return has_digit && plan::is_json_number(text);
}

}  // namespace

bool expect(const Field& field, YamlNode::Kind kind) {
  const YamlNode& value = field.value();
  if (value.kind == kind) return true;
  if (value.kind == YamlNode::Kind::broken) return false;
  const std::string_view name = field.key.name;
  field.complain(value.kind == YamlNode::Kind::empty
                     ? fmt::format("\"{}\" has no value", name)
                     : fmt::format("\"{}\" is {}", name, field.key.type),
                 for_example(field));
  return false;
}

std::optional<std::string> read_text(const Field& field) {
  if (!expect(field, YamlNode::Kind::scalar)) return std::nullopt;
  if (!field.value().text.empty()) return field.value().text;
  field.complain(fmt::format("\"{}\" is empty", field.key.name), for_example(field));
  return std::nullopt;
}

std::optional<Nanoseconds> read_duration(const Field& field) {
  if (!expect(field, YamlNode::Kind::scalar)) return std::nullopt;
  const auto duration = parse_duration(field.value().text);
  if (!duration) complain_about_value(field);
  return duration;
}

std::optional<Nanoseconds> read_positive_duration(const Field& field) {
  const auto duration = read_duration(field);
  if (!duration || duration->count() > 0) return duration;
  field.complain(fmt::format("\"{}\" must be longer than 0", field.key.name), for_example(field));
  return std::nullopt;
}

std::optional<double> read_rate(const Field& field) {
  if (!expect(field, YamlNode::Kind::scalar)) return std::nullopt;
  const auto rate = parse_rate(field.value().text);
  if (!rate) complain_about_value(field);
  if (rate.value_or(0) <= plan::kHighestRate) return rate;
  field.complain(fmt::format("\"{}\" cannot be {}", field.key.name, field.value().written),
                 fmt::format("write at most {}/s", plan::kHighestRate));
  return std::nullopt;
}

std::optional<double> read_share(const Field& field) {
  if (!expect(field, YamlNode::Kind::scalar)) return std::nullopt;
  const auto share = parse_share(field.value().text);
  if (!share) complain_about_value(field);
  return share;
}

std::optional<bool> read_bool(const Field& field) {
  if (!expect(field, YamlNode::Kind::scalar)) return std::nullopt;
  const YamlNode& value = field.value();
  if (is_typed(value) && lower(value.text) == "true") return true;
  if (is_typed(value) && lower(value.text) == "false") return false;
  complain_about_type(field);
  return std::nullopt;
}

std::optional<unsigned> read_whole_number(const Field& field, unsigned lowest, unsigned highest) {
  if (!expect(field, YamlNode::Kind::scalar)) return std::nullopt;
  const YamlNode& value = field.value();
  const auto number = parse_number(value.text);
  if (!is_typed(value) || !number || *number != std::trunc(*number)) {
    complain_about_type(field);
    return std::nullopt;
  }
  if (*number < lowest || *number > highest) {
    field.complain(fmt::format("\"{}\" cannot be {}", field.key.name, value.written),
                   fmt::format("write a number from {} to {}", lowest, highest));
    return std::nullopt;
  }
  return static_cast<unsigned>(*number);
}

std::optional<std::size_t> read_word(const Field& field, std::span<const std::string_view> words) {
  const auto text = read_text(field);
  if (!text) return std::nullopt;
  const auto found = std::find(words.begin(), words.end(), *text);
  if (found != words.end()) return static_cast<std::size_t>(found - words.begin());
  const auto meant = closest(*text, std::vector<std::string>(words.begin(), words.end()));
  field.complain(fmt::format("\"{}\" is not {}", field.value().written, field.key.type),
                 meant ? fmt::format("did you mean \"{}\"?", *meant) : for_example(field));
  return std::nullopt;
}

std::optional<plan::Value> typed_value(const YamlNode& scalar, ProblemList& problems) {
  using Kind = plan::Value::Kind;
  if (scalar.kind == YamlNode::Kind::empty) return plan::Value{Kind::json, "null"};
  const std::string& text = scalar.text;
  if (!scalar.is_plain) return plan::Value{Kind::text, text};
  if (plan::is_json_number(text)) return plan::Value{Kind::json, text};
  for (const std::string_view word : {"true", "false", "null"}) {
    if (lower(text) == word) return plan::Value{Kind::json, std::string(word)};
  }
  if (is_number_of_yaml_alone(text)) {
    problems.add(scalar.span, fmt::format("\"{}\" may be a number or text", scalar.written),
                 "quote it if it is text, else write it as JSON does");
    return std::nullopt;
  }
  return plan::Value{Kind::text, text};
}

}  // namespace loadgate::reader
