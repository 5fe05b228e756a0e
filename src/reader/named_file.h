#pragma once

// Files that a plan names: they lie beside the file of the plan that names them.

#include <optional>
#include <string>

#include "reader/keys.h"

namespace loadgate::reader {

struct NamedFile {
  std::string path;  // That can be opened from the working directory.
  std::string content;
};

// Where it lies. Complains where the value is no path.
std::optional<std::string> read_path(const Field& field);

// Complains too where it cannot be read.
std::optional<NamedFile> read_named_file(const Field& field);

}  // namespace loadgate::reader
