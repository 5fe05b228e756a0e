#include "metrics/json_cursor.h"

#include <fmt/format.h>

#include <cmath>
#include <nlohmann/json.hpp>

#include "base/text.h"

namespace loadgate::metrics {

namespace {

using nlohmann::json;

// What a cursor points at after a complaint.
const json kNothing;

// Parsed text holds whole numbers as unsigned, values built in code often as signed.
bool is_whole(const json& number) {
  return number.is_number_unsigned() ||
         (number.is_number_integer() && number.get<std::int64_t>() >= 0);
}

}  // namespace

JsonCursor JsonCursor::operator[](std::string_view field) const {
  JsonCursor inner(kNothing,
                   path_.empty() ? std::string(field) : fmt::format("{}.{}", path_, field),
                   *complaint_);
  if (!value_->is_object()) {
    complain("expected an object");
    return inner;
  }
  const auto found = value_->find(field);
  if (found == value_->end()) {
    inner.complain("missing");
    return inner;
  }
  inner.value_ = &*found;
  return inner;
}

JsonCursor JsonCursor::operator[](std::size_t element) const {
  return {(*value_)[element], fmt::format("{}[{}]", path_, element), *complaint_};
}

std::size_t JsonCursor::size() const {
  if (value_->is_array()) return value_->size();
  complain("expected a list");
  return 0;
}

bool JsonCursor::has(std::string_view field) const { return value_->contains(field); }

bool JsonCursor::is_null() const { return value_->is_null(); }

std::string JsonCursor::text() const {
  if (const auto* text = value_->get_ptr<const std::string*>()) return *text;
  complain("expected a text");
  return {};
}

bool JsonCursor::flag() const {
  if (value_->is_boolean()) return value_->get<bool>();
  complain("expected true or false");
  return false;
}

double JsonCursor::number() const {
  if (value_->is_number()) return value_->get<double>();
  complain("expected a number");
  return 0;
}

std::uint64_t JsonCursor::count(std::uint64_t most) const {
  if (!value_->is_number()) {
    complain("expected a number");
  } else if (!is_whole(*value_)) {
    complain("expected a whole number of at least 0");
  } else if (value_->get<std::uint64_t>() > most) {
    complain(fmt::format("expected a whole number of at most {}", most));
  } else {
    return value_->get<std::uint64_t>();
  }
  return 0;
}

Nanoseconds JsonCursor::time() const {
  constexpr auto kMost = static_cast<std::uint64_t>(kLongestTime.count());
  return Nanoseconds(static_cast<Nanoseconds::rep>(count(kMost)));
}

std::vector<std::string> JsonCursor::texts() const {
  return list([](const JsonCursor& element) { return element.text(); });
}

std::vector<std::string> JsonCursor::field_names() const {
  std::vector<std::string> names;
  if (!value_->is_object()) complain("expected an object");
  if (!value_->is_object()) return names;
  for (const auto& [name, value] : value_->items()) names.push_back(name);
  return names;
}

void JsonCursor::complain(std::string_view what) const {
  if (!complaint_->empty()) return;
  *complaint_ = path_.empty() ? std::string(what) : fmt::format("{}: {}", printable(path_), what);
}

void expect_format(const JsonCursor& document, std::string_view format, std::uint64_t version) {
  if (document["format"].text() != format) {
    document["format"].complain(fmt::format("expected \"{}\"", format));
  }
  const std::uint64_t found = document["version"].count();
  if (found > version) {
    document.complain(
        fmt::format("made by a newer loadgate (version {}); this one reads {}", found, version));
  }
  if (found < version) document["version"].complain(fmt::format("expected {}", version));
}

}  // namespace loadgate::metrics
