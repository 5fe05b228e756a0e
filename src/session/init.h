#pragma once

// Writes the first plan of a project: a starter for the folder it stands in, or one made
// from a browser's recording or an OpenAPI description. Main thread.

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"

namespace loadgate::session {

struct InitOptions {
  std::filesystem::path folder = ".";
  std::filesystem::path plan = "loadgate.yaml";
  std::optional<std::string> har = {};      // A recording to write the plan from …
  std::optional<std::string> openapi = {};  // … or a description; at most one of them.
  bool keeps_assets = false;                // Of the recording: images, styles, scripts.
  bool overwrites = false;
};

// The files it wrote: all of them, or none and why. A starter plan comes with a workflow.
Result<std::vector<std::filesystem::path>> init(const InitOptions& options);

}  // namespace loadgate::session
