#include "reader/read_data.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "plan/names.h"
#include "reader/data_rows.h"
#include "reader/key_tables.h"
#include "reader/named_file.h"
#include "reader/values.h"

namespace loadgate::reader {
namespace {

using plan::Data;

constexpr std::size_t kLargestFile = 256'000'000;

struct DataDraft {
  Data data;
  const Entry* file = nullptr;
  const Entry* when_exhausted = nullptr;
  bool has_rows = false;
};

using RowReader = tl::expected<DataRows, DataError> (*)(std::string_view content);

RowReader reader_for(std::string_view path) {
  const std::string name = lower(path);
  if (name.ends_with(".csv")) return read_csv;
  if (name.ends_with(".json")) return read_json_list;
  if (name.ends_with(".jsonl") || name.ends_with(".ndjson")) return read_json_lines;
  return nullptr;
}

void complain_about_file(const Field& field, const DataError& error) {
  const std::string line = error.line == 0 ? "" : fmt::format(" line {}", error.line);
  const std::string column = error.column == 0 ? "" : fmt::format(" column {}", error.column);
  field.complain(fmt::format("\"{}\"{}{}: {}", field.value().written, line, column, error.text),
                 error.hint);
}

std::optional<DataError> wrong_with_bytes(std::string_view content) {
  if (content.size() > kLargestFile) {
    return DataError{0, 0, "the file is larger than 256 MB", "rows are held in memory"};
  }
  const std::string valid = valid_utf8(content);
  if (valid == content) return std::nullopt;
  const auto broken = std::mismatch(content.begin(), content.end(), valid.begin(), valid.end());
  return DataError{static_cast<std::size_t>(std::count(content.begin(), broken.first, '\n')) + 1, 0,
                   "the file is not UTF-8 here", "save it as UTF-8"};
}

tl::expected<DataRows, DataError> rows_of(std::string_view content, RowReader read) {
  if (auto wrong = wrong_with_bytes(content)) return tl::unexpected(std::move(*wrong));
  if (content.starts_with("\xEF\xBB\xBF")) content.remove_prefix(3);
  if (trimmed(content).empty()) {
    return tl::unexpected(DataError{0, 0, "the file is empty", {}});
  }
  auto made = read(content);
  if (made && made->rows.empty()) {
    return tl::unexpected(DataError{0, 0, "the file has no rows", {}});
  }
  return made;
}

void read_file(const Field& field, DataDraft& draft) {
  draft.file = &field.entry;
  const auto file = read_named_file(field);
  if (!file) return;
  const RowReader read = reader_for(file->path);
  if (read == nullptr) {
    field.complain(fmt::format("\"{}\" is neither CSV nor JSON", field.value().written),
                   "its name ends in .csv, .json, .jsonl or .ndjson");
    return;
  }
  auto made = rows_of(file->content, read);
  if (!made) {
    complain_about_file(field, made.error());
    return;
  }
  draft.data.columns = std::move(made->columns);
  draft.data.rows = std::move(made->rows);
  draft.has_rows = true;
}

constexpr std::array<Choice<Data::Order>, 3> kOrders{{{"sequential", Data::Order::sequential},
                                                      {"random", Data::Order::random},
                                                      {"shuffle", Data::Order::shuffle}}};
void read_order(const Field& field, DataDraft& draft) {
  draft.data.order = read_choice(field, kOrders).value_or(Data::Order::sequential);
}

void read_reuse(const Field& field, DataDraft& draft) {
  draft.data.reuse = read_bool(field).value_or(true);
}

constexpr std::array<Choice<Data::Share>, 2> kShares{
    {{"all_users", Data::Share::all_users}, {"each_user", Data::Share::each_user}}};
void read_share(const Field& field, DataDraft& draft) {
  draft.data.share = read_choice(field, kShares).value_or(Data::Share::all_users);
}

constexpr std::array<Choice<Data::Exhausted>, 2> kExhausted{
    {{"stop_user", Data::Exhausted::stop_user}, {"stop_run", Data::Exhausted::stop_run}}};
void read_when_exhausted(const Field& field, DataDraft& draft) {
  draft.when_exhausted = &field.entry;
  draft.data.when_exhausted = read_choice(field, kExhausted).value_or(Data::Exhausted::stop_user);
}

constexpr std::array<Key<DataDraft>, 5> kDataKeys{{
    {{"file", "a path of a file", "",
      "The rows: CSV with a header line, a JSON list, or JSON lines.", "file: users.csv"},
     read_file},
    {{"order", "one of sequential, random, shuffle", "sequential",
      "As the file has them, any row each time, or all of them in an order of chance.",
      "order: shuffle"},
     read_order},
    {{"reuse", "true or false", "true", "Whether rows come again once all were handed out.",
      "reuse: false"},
     read_reuse},
    {{"share", "one of all_users, each_user", "all_users",
      "Whether all users draw from the same rows, or each has all rows for itself.",
      "share: each_user"},
     read_share},
    {{"when_exhausted", "one of stop_user, stop_run", "stop_user",
      "With `reuse: false`: what ends when a user needs a row and none is left.",
      "when_exhausted: stop_run"},
     read_when_exhausted},
}};

bool is_good_data_name(const Entry& entry, Draft& draft) {
  // Behind "data." the words of the language are names as any other.
  if (!entry.key.empty() && plan::is_variable_name("_" + entry.key)) return true;
  draft.problems.add(entry.key_span,
                     fmt::format("\"{}\" cannot be used in {{{{ data.… }}}}", entry.key),
                     "names have letters, digits and \"_\"");
  return false;
}

void check(const Entry& entry, DataDraft& found, Draft& draft) {
  if (found.file == nullptr && entry.value.kind == YamlNode::Kind::map) {
    draft.problems.add(entry.key_span, fmt::format("the data \"{}\" has no file", entry.key),
                       "for example file: users.csv");
  }
  if (found.when_exhausted != nullptr && found.data.reuse) {
    draft.problems.add(found.when_exhausted->key_span,
                       "\"when_exhausted\" has no meaning without \"reuse: false\"",
                       "rows that come again never run out");
  }
  // Rows of chance, each handed out once, are a shuffle.
  if (!found.data.reuse && found.data.order == Data::Order::random) {
    found.data.order = Data::Order::shuffle;
  }
}

void read_one(const Entry& entry, Draft& draft) {
  if (!is_good_data_name(entry, draft)) return;
  DataDraft found;
  read_object(entry.value, fmt::format("\"{}\"", entry.key), kDataKeys, found, draft);
  check(entry, found, draft);
  found.data.name = entry.key;
  found.data.place = draft.problems.place(entry.key_span);
  // Declared in any case, so that its uses are no second problem.
  draft.plan.names.declare_data({entry.key, found.data.columns, found.has_rows});
  draft.plan.data.push_back(std::move(found.data));
}

}  // namespace

void read_data(const Field& field, Draft& draft) {
  if (!expect(field, YamlNode::Kind::map)) return;
  for (const Entry& entry : field.value().entries) read_one(entry, draft);
}

KeyTexts data_keys() { return texts_of(kDataKeys); }

}  // namespace loadgate::reader
