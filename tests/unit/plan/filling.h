#pragma once

// Compiles and fills a template as one user would.

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "plan/template.h"

namespace loadgate::plan {

class User {
 public:
  explicit User(std::uint64_t seed = 7) : random_(seed) {}

  User& with(std::string_view name, Value value) {
    names_.declare(name);
    values_.push_back(std::move(value));
    return *this;
  }

  User& with_data(Names::DataNames data, Row row) {
    names_.declare_data(std::move(data));
    rows_.push_back(std::move(row));
    return *this;
  }

  const Names& names() const { return names_; }

  std::string fill(const Template& made) {
    std::vector<const Row*> rows;
    for (const Row& row : rows_) rows.push_back(&row);
    std::string out;
    made.fill({.variables = values_,
               .rows = rows,
               .random = &random_,
               .user_id = 12,
               .iteration = 3,
               .now = WallTime(std::chrono::milliseconds(1'700'000'000'987))},
              out);
    return out;
  }

  std::string fill(std::string_view text, Encoding encoding = Encoding::none) {
    return fill_or_complain(Template::compile(text, names_, encoding));
  }
  std::string fill_json(std::string_view document) {
    return fill_or_complain(Template::compile_json(document, names_));
  }
  std::string fill_path(std::string_view text) {
    return fill_or_complain(Template::compile_path(text, names_));
  }
  std::string fill_form(std::string_view text) {
    return fill_or_complain(Template::compile_form(text, names_));
  }

 private:
  std::string fill_or_complain(const tl::expected<Template, TemplateError>& made) {
    return made ? fill(*made) : "error: " + made.error().text;
  }

  Names names_;
  std::vector<Value> values_;
  std::vector<Row> rows_;
  Random random_;
};

inline Value text_value(std::string text) { return {Value::Kind::text, std::move(text)}; }
inline Value json_value(std::string text) { return {Value::Kind::json, std::move(text)}; }

}  // namespace loadgate::plan
