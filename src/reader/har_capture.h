#pragma once

// Secrets that the service itself handed out while it was recorded (a login's token, a
// form's hidden field) are captured from its answer again, instead of asked for.

#include <vector>

#include "reader/har_entry.h"
#include "reader/secret_box.h"
#include "reader/sketch.h"

namespace loadgate::reader {

// REQUIRES: requests[i] was made of entries[i].
void add_captures(const std::vector<HarEntry>& entries, std::vector<SketchRequest>& requests,
                  SecretBox& secrets);

}  // namespace loadgate::reader
