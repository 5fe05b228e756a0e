#pragma once

// `loadgate demo`: the whole way on the built-in target, in about a minute. It takes
// short runs into a baseline, passes an unchanged run, then switches a fault on and
// shows the verdict that fails. Main thread.

#include <filesystem>
#include <functional>
#include <string>

#include "base/result.h"
#include "gate/summary.h"
#include "load/runner.h"

namespace loadgate::session {

struct DemoOptions {
  std::filesystem::path out;  // Receives plan.yaml, baselines/, unchanged/ and slower/.
  unsigned workers = 1;
  std::uint64_t seed = 0;
  const load::StopRequest* stop_request = nullptr;
  std::function<void(const std::string&)> say;
};

enum class DemoEnd {
  as_expected,  // The unchanged run passed and the fault was caught.
  unexpected,   // This machine was too noisy, or we have a bug: what happened was said.
  interrupted,
};

struct Demo {
  DemoEnd end = DemoEnd::as_expected;
  gate::Summary unchanged, slower;
  std::vector<std::string> paths;  // Reports of the failing run.
};

Result<Demo> demo(const DemoOptions& options);

// How to start the built-in target: `loadgate target`. It prints this line, then the
// address, when it listens.
inline constexpr std::string_view kTargetReady = "listening on ";

}  // namespace loadgate::session
