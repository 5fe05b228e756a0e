#pragma once

// `multipart`: a form with files, as a browser uploads it (RFC 7578).

#include <string>

#include "reader/compile.h"
#include "reader/keys.h"

namespace loadgate::reader {

struct Multipart {
  plan::Template body;
  std::string boundary;
  std::string files;  // The content of all files, for the load's hash.
};

Multipart read_multipart(const Field& field, const plan::Names& names);

}  // namespace loadgate::reader
