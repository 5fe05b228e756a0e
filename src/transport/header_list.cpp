#include "transport/header_list.h"

#include <algorithm>
#include <string_view>

#include "base/text.h"

namespace loadgate::transport {
namespace {

// libcurl says "Expect: 100-continue" to large bodies and guesses a form's Content-Type;
// a name without a value switches that off.
const std::string kNoExpect = "Expect:";
const std::string kNoContentType = "Content-Type:";

bool has_header(const HeaderLines& headers, std::string_view name_and_colon) {
  return std::any_of(headers.lines.begin(), headers.lines.end(), [&](const std::string& line) {
    return lower(std::string_view(line).substr(0, name_and_colon.size())) == lower(name_and_colon);
  });
}

bool has_empty_value(std::string_view line) {
  const std::size_t colon = line.find(':');
  return colon != std::string_view::npos && trimmed(line.substr(colon + 1)).empty();
}

}  // namespace

void HeaderList::build(const HeaderLines& headers, BodyHeaders body) {
  nodes_.clear();
  respelled_.clear();
  nodes_.reserve(headers.lines.size() + 2);  // The nodes point at each other
  respelled_.reserve(headers.lines.size());  // and at these.
  for (const std::string& line : headers.lines) {
    if (!has_empty_value(line)) {
      append(line);
    } else {
      append(respelled_.emplace_back(line.substr(0, line.find(':')) + ";"));
    }
  }
  if (body == BodyHeaders::none) return;
  if (!has_header(headers, kNoExpect)) append(kNoExpect);
  if (!has_header(headers, kNoContentType)) append(kNoContentType);
}

// libcurl only reads what a list given to CURLOPT_HTTPHEADER points at.
void HeaderList::append(const std::string& line) {
  nodes_.push_back({.data = const_cast<char*>(line.c_str()), .next = nullptr});
  if (nodes_.size() > 1) nodes_[nodes_.size() - 2].next = &nodes_.back();
}

}  // namespace loadgate::transport
