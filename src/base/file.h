#pragma once

// Files, whole at a time, and where they lie. Errors name the file and the system's reason.
// Any thread.

#include <filesystem>
#include <string>
#include <string_view>

#include "base/result.h"

namespace loadgate {

// REQUIRES nothing of the content; at most 1 GB is read.
Result<std::string> read_file(const std::filesystem::path& path);

// All or nothing: written beside `path` under a temporary name, flushed to disk,
// then renamed, so neither a full disk nor a kill leaves half a file. Creates
// missing folders.
Result<void> write_file(const std::filesystem::path& path, std::string_view content);

// From the root on, so that it means the same in any working directory; as given where that
// cannot be told.
std::string whole_path(const std::filesystem::path& path);

}  // namespace loadgate
