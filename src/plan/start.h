#pragma once

// The service under test as loadgate starts it, and how it is known to be ready. Plain
// values; {{ port }} is replaced already.

#include <string>
#include <utility>
#include <vector>

#include "base/clock.h"
#include "base/place.h"

namespace loadgate::plan {

// Commands are a shell's (/bin/sh -c).
struct Start {
  std::string prepare;    // Run to its end before the first start; empty: nothing.
  std::string command;    // The service, in the foreground.
  std::string directory;  // Where both run; never empty.
  std::vector<std::pair<std::string, std::string>> environment;  // Added to ours, with PORT.
  unsigned short port = 0;                                       // Free when the plan was read.
  Place place;
};

// `url` answers with a status below 400 within `within`; without `url`, the target takes a
// connection.
struct Ready {
  std::string url;  // Absolute; empty: a connection is enough.
  Nanoseconds within = std::chrono::seconds(30);
  Place place;
};

}  // namespace loadgate::plan
