#include "reader/body_file.h"

#include <algorithm>
#include <array>
#include <utility>

#include "base/text.h"
#include "reader/compile.h"
#include "reader/named_file.h"

namespace loadgate::reader {

std::optional<std::string> read_body_file(const Field& field) {
  if (!is_constant(field.value(), "names of files", field.draft)) return std::nullopt;
  auto file = read_named_file(field);
  if (!file) return std::nullopt;
  return std::move(file->content);
}

std::string_view content_type_of(std::string_view name) {
  using Type = std::pair<std::string_view, std::string_view>;
  constexpr std::array<Type, 10> kTypes{{{".json", "application/json"},
                                         {".xml", "application/xml"},
                                         {".txt", "text/plain"},
                                         {".csv", "text/csv"},
                                         {".html", "text/html"},
                                         {".png", "image/png"},
                                         {".jpg", "image/jpeg"},
                                         {".jpeg", "image/jpeg"},
                                         {".gif", "image/gif"},
                                         {".pdf", "application/pdf"}}};
  const std::string small = lower(name);
  const auto found = std::find_if(kTypes.begin(), kTypes.end(),
                                  [&](const Type& type) { return small.ends_with(type.first); });
  return found == kTypes.end() ? "application/octet-stream" : found->second;
}

}  // namespace loadgate::reader
