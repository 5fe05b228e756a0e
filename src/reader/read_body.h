#pragma once

// The one body of a request: `json`, `form`, `body`, `file` or `multipart`.

#include <optional>
#include <string>

#include "plan/template.h"
#include "reader/item.h"
#include "reader/request_headers.h"

namespace loadgate::reader {

struct Body {
  std::optional<plan::Template> text;
  ContentType type;
  std::string files;  // The content of the files it is made of, for the load's hash.
};

// REQUIRES: item.is_request().
Body read_body(const Item& item, const plan::Names& names, Draft& draft);

}  // namespace loadgate::reader
