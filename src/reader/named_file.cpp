#include "reader/named_file.h"

#include <fmt/format.h>

#include <utility>

#include "reader/values.h"

namespace loadgate::reader {
namespace {

// Why, without the path where that would show a value of the environment.
std::string reason(const Error& error, const std::string& path, const YamlNode& value) {
  const std::size_t named = error.text.find(path + ": ");
  if (!value.is_replaced || named == std::string::npos) return error.text;
  return error.text.substr(named + path.size() + 2);
}

}  // namespace

std::optional<std::string> read_path(const Field& field) {
  const auto text = read_text(field);
  if (!text) return std::nullopt;
  return path_from(field.draft.problems.file_of(field.value().span), *text);
}

std::optional<NamedFile> read_named_file(const Field& field) {
  auto path = read_path(field);
  if (!path) return std::nullopt;
  auto content = field.draft.around.read_file(*path);
  if (content) return NamedFile{std::move(*path), std::move(*content)};
  field.complain(fmt::format("the file \"{}\" cannot be read", field.value().written),
                 reason(content.error(), *path, field.value()));
  return std::nullopt;
}

}  // namespace loadgate::reader
