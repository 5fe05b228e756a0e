#include "reader/read_status.h"

#include <fmt/format.h>

#include <cmath>
#include <utility>
#include <vector>

#include "base/text.h"
#include "base/units.h"

namespace loadgate::reader {
namespace {

using Range = plan::StatusRule::Range;

constexpr std::string_view kHint = "write 201, 2xx, or a list as [201, 3xx]";

std::optional<Range> status_class(const YamlNode& value) {
  const std::string& text = value.text;
  if (text.size() != 3 || lower(text).substr(1) != "xx" || text[0] < '1' || text[0] > '5') {
    return std::nullopt;
  }
  const int hundred = (text[0] - '0') * 100;
  return Range{hundred, hundred + 99};
}

std::optional<Range> range_of(const YamlNode& value, Draft& draft) {
  if (value.kind == YamlNode::Kind::broken) return std::nullopt;
  if (value.kind != YamlNode::Kind::scalar) {
    draft.problems.add(value.span, "a status is one number or class", std::string(kHint));
    return std::nullopt;
  }
  if (const auto all = status_class(value)) return all;
  const auto number = parse_number(value.text);
  const bool is_typed = value.is_plain || value.is_replaced;
  if (!number || !is_typed || *number != std::trunc(*number)) {
    draft.problems.add(value.span,
                       is_typed ? fmt::format("\"{}\" is not a status", value.written)
                                : "text in quotes is not a status",
                       std::string(kHint));
    return std::nullopt;
  }
  if (*number < 100 || *number > 599) {
    draft.problems.add(value.span, fmt::format("\"status\" cannot be {}", value.written),
                       "write a number from 100 to 599");
    return std::nullopt;
  }
  return Range{static_cast<int>(*number), static_cast<int>(*number)};
}

}  // namespace

std::optional<plan::StatusRule> read_status(const Field& field) {
  const YamlNode& value = field.value();
  std::vector<Range> ranges;
  const auto add = [&](const YamlNode& one) {
    if (const auto range = range_of(one, field.draft)) ranges.push_back(*range);
  };
  if (value.kind == YamlNode::Kind::sequence) {
    for (const YamlNode& item : value.items) add(item);
    if (value.items.empty()) field.complain("no status at all is right", std::string(kHint));
  } else {
    add(value);
  }
  if (ranges.empty()) return std::nullopt;
  return plan::StatusRule(std::move(ranges));
}

}  // namespace loadgate::reader
