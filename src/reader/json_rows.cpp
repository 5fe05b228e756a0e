#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <unordered_map>

#include "base/text.h"
#include "reader/data_rows.h"

namespace loadgate::reader {
namespace {

// Keeps the order in which the file has the keys.
using Json = nlohmann::ordered_json;
using plan::Value;

constexpr std::size_t kDeepest = 64;  // Levels of a row's arrays and objects.
constexpr std::size_t kMostColumns = 1000;

DataError at(std::string_view content, std::size_t offset, std::string text, std::string hint) {
  const std::string_view before = content.substr(0, offset);
  const std::size_t newline = before.rfind('\n');
  const std::size_t start = newline == std::string_view::npos ? 0 : newline + 1;
  return {static_cast<std::size_t>(std::count(before.begin(), before.end(), '\n')) + 1,
          characters(before.substr(start)) + 1, std::move(text), std::move(hint)};
}

// Where values are nested too deep to be written again; npos where none is.
std::size_t too_deep_at(std::string_view content, std::size_t deepest) {
  std::size_t depth = 0;
  bool is_text = false;
  for (std::size_t i = 0; i < content.size(); ++i) {
    const char c = content[i];
    if (is_text) {
      if (c == '\\') ++i;
      is_text = c != '"';
    } else if (c == '"') {
      is_text = true;
    } else if ((c == '[' || c == '{') && ++depth > deepest) {
      return i;
    } else if ((c == ']' || c == '}') && depth > 0) {
      --depth;
    }
  }
  return std::string_view::npos;
}

tl::expected<Json, DataError> parse(std::string_view content, std::size_t deepest) {
  if (const std::size_t deep = too_deep_at(content, deepest); deep != std::string_view::npos) {
    return tl::unexpected(
        at(content, deep, fmt::format("values are nested more than {} levels deep", kDeepest), {}));
  }
  try {
    return Json::parse(content);
  } catch (const Json::parse_error& error) {
    // It counts from 1, and points behind the byte it could not read.
    const std::size_t offset = error.byte == 0 ? 0 : error.byte - 1;
    return tl::unexpected(at(content, std::min(offset, content.size()), "this is not JSON", {}));
  } catch (const Json::exception& error) {
    return tl::unexpected(DataError{0, 0, "this is not JSON", error.what()});
  }
}

Value value_of(const Json& json) {
  if (json.is_string()) return {Value::Kind::text, json.get<std::string>()};
  return {Value::Kind::json, json.dump()};
}

// Turns values into rows whose columns are those of all rows together.
class RowMaker {
 public:
  // Nothing where there are too many columns.
  bool add(const Json& value) {
    plan::Row row;
    row.whole = value_of(value);
    if (value.is_object()) add_fields(value, {}, row);
    made_.rows.push_back(std::move(row));
    return made_.columns.size() <= kMostColumns;
  }

  DataRows finish() {
    const Value missing{Value::Kind::json, "null"};
    for (plan::Row& row : made_.rows) row.fields.resize(made_.columns.size(), missing);
    return std::move(made_);
  }

 private:
  void add_fields(const Json& object, const std::string& prefix, plan::Row& row) {
    for (const auto& [key, value] : object.items()) {
      const std::string name = prefix + key;
      if (value.is_object() && !value.empty()) {
        add_fields(value, name + '.', row);
      } else {
        set(column_of(name), value_of(value), row);
      }
      if (made_.columns.size() > kMostColumns) return;
    }
  }

  std::size_t column_of(const std::string& name) {
    const auto [known, is_new] = index_.emplace(name, made_.columns.size());
    if (is_new) made_.columns.push_back(name);
    return known->second;
  }

  static void set(std::size_t column, Value value, plan::Row& row) {
    const Value missing{Value::Kind::json, "null"};
    if (row.fields.size() <= column) row.fields.resize(column + 1, missing);
    row.fields[column] = std::move(value);
  }

  DataRows made_;
  std::unordered_map<std::string, std::size_t> index_;
};

DataError too_many_columns(std::size_t line) {
  return {line, 0, fmt::format("the rows have more than {} different fields", kMostColumns),
          "a field is a name, not a value"};
}

}  // namespace

tl::expected<DataRows, DataError> read_json_list(std::string_view content) {
  const auto list = parse(content, kDeepest + 1);
  if (!list) return tl::unexpected(list.error());
  if (!list->is_array()) {
    return tl::unexpected(
        DataError{0, 0, "the file holds no list of rows", "write [ … ] around them"});
  }
  RowMaker maker;
  for (const Json& value : *list) {
    if (!maker.add(value)) return tl::unexpected(too_many_columns(0));
  }
  return maker.finish();
}

tl::expected<DataRows, DataError> read_json_lines(std::string_view content) {
  RowMaker maker;
  std::size_t number = 0;
  for (const std::string_view line : split(content, '\n')) {
    ++number;
    if (trimmed(line).empty()) continue;
    const auto value = parse(line, kDeepest);
    if (!value) {
      DataError error = value.error();
      error.line = number;
      return tl::unexpected(std::move(error));
    }
    if (!maker.add(*value)) return tl::unexpected(too_many_columns(number));
  }
  return maker.finish();
}

}  // namespace loadgate::reader
