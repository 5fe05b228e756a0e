#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "base/text.h"
#include "plan/encoding.h"
#include "reader/data_rows.h"

namespace loadgate::reader {
namespace {

using plan::Value;

// Takes a file apart into records. Lines and columns are where the next byte stands.
class CsvParser {
 public:
  explicit CsvParser(std::string_view text) : text_(text) {}

  bool is_at_end() const { return at_ == text_.size(); }
  std::size_t line() const { return line_; }

  // Nothing where the file is broken.
  bool read_record(std::vector<std::string>& fields) {
    fields.clear();
    do {
      std::string& field = fields.emplace_back();
      if (!(peek() == '"' ? read_quoted(field) : read_plain(field))) return false;
    } while (take(','));
    return end_line();
  }

  bool skip_empty_line() {
    const std::size_t before = at_;
    if (!is_at_end() && (peek() == '\n' || peek() == '\r')) end_line();
    return at_ != before;
  }

  DataError error{};

 private:
  char peek() const { return is_at_end() ? '\n' : text_[at_]; }

  bool take(char c) {
    if (is_at_end() || text_[at_] != c) return false;
    ++at_;
    return true;
  }

  bool fail(std::size_t line, std::size_t at, std::string text, std::string hint) {
    const std::size_t begin = text_.substr(0, at).rfind('\n');
    const std::size_t start = begin == std::string_view::npos ? 0 : begin + 1;
    error = {line, characters(text_.substr(start, at - start)) + 1, std::move(text),
             std::move(hint)};
    return false;
  }

  bool read_plain(std::string& field) {
    const std::size_t begin = at_;
    at_ = std::min(text_.find_first_of(",\n\r", at_), text_.size());
    field = text_.substr(begin, at_ - begin);
    const std::size_t quote = field.find('"');
    if (quote == std::string::npos) return true;
    return fail(line_, begin + quote, "a quote stands inside a value without quotes",
                "put the value in quotes, and write the inner one twice");
  }

  bool read_quoted(std::string& field) {
    const std::size_t open = at_++, open_line = line_;
    while (!is_at_end()) {
      const char c = text_[at_++];
      if (c == '\n') ++line_;
      if (c == '"' && !take('"')) return is_closed();
      field += c;
    }
    return fail(open_line, open, "a quote is opened here and never closed",
                "a quote inside a value is written twice");
  }

  bool is_closed() {
    const char next = peek();
    if (next == ',' || next == '\n' || next == '\r') return true;
    return fail(line_, at_, "text follows the closing quote",
                "a quote inside a value is written twice");
  }

  bool end_line() {
    if (take('\r') && peek() != '\n') {
      return fail(line_, at_ - 1, "a carriage return stands alone", "lines end with LF or CRLF");
    }
    if (take('\n')) ++line_;
    return true;
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::size_t line_ = 1;
};

std::optional<DataError> wrong_with_header(const std::vector<std::string>& header) {
  for (auto name = header.begin(); name != header.end(); ++name) {
    const auto number = name - header.begin() + 1;
    if (trimmed(*name).empty()) {
      return DataError{1, 0, fmt::format("column {} has no name", number),
                       "the first line names the columns"};
    }
    if (std::find(header.begin(), name, *name) != name) {
      return DataError{1, 0, fmt::format("two columns are called \"{}\"", *name), {}};
    }
  }
  return std::nullopt;
}

plan::Row row_of(std::vector<std::string> fields, const std::vector<std::string>& header) {
  plan::Row row;
  row.whole.kind = Value::Kind::json;
  std::string& whole = row.whole.text;
  const auto append_quoted = [&](std::string_view text) {
    whole += '"';
    plan::append_encoded(text, plan::Encoding::json, whole);
    whole += '"';
  };
  for (std::size_t i = 0; i < fields.size(); ++i) {
    whole += i == 0 ? '{' : ',';
    append_quoted(header[i]);
    whole += ':';
    append_quoted(fields[i]);
    row.fields.push_back({Value::Kind::text, std::move(fields[i])});
  }
  whole += '}';
  return row;
}

std::string values_are(std::size_t count) {
  return count == 1 ? "1 value stands" : fmt::format("{} values stand", count);
}

}  // namespace

tl::expected<DataRows, DataError> read_csv(std::string_view content) {
  CsvParser parser(content);
  DataRows made;
  while (parser.skip_empty_line()) {
  }
  if (parser.is_at_end()) return made;
  if (!parser.read_record(made.columns)) return tl::unexpected(parser.error);
  if (auto wrong = wrong_with_header(made.columns)) return tl::unexpected(std::move(*wrong));
  std::vector<std::string> fields;
  while (true) {
    while (parser.skip_empty_line()) {
    }
    if (parser.is_at_end()) return made;
    const std::size_t line = parser.line();
    if (!parser.read_record(fields)) return tl::unexpected(parser.error);
    if (fields.size() != made.columns.size()) {
      return tl::unexpected(DataError{line, 0,
                                      fmt::format("{} here, the header names {}",
                                                  values_are(fields.size()), made.columns.size()),
                                      "a value with a comma stands in quotes"});
    }
    made.rows.push_back(row_of(std::move(fields), made.columns));
  }
}

}  // namespace loadgate::reader
