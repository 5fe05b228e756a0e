#pragma once

// A browser's recording (HAR 1.2, http://www.softwareishard.com/blog/har-12-spec/) as a
// plan in outline: one sequence, secrets and ids taken out. Pure functions.

#include <string>
#include <string_view>

#include "base/result.h"
#include "reader/sketch.h"

namespace loadgate::reader {

enum class Assets { leave_out, keep };  // Images, fonts, styles, scripts.

// `file` names the recording in errors, which quote nothing of it: it holds secrets.
Result<Sketch> read_har(std::string_view text, const std::string& file,
                        Assets assets = Assets::leave_out);

}  // namespace loadgate::reader
