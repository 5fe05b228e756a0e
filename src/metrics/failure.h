#pragma once

// Requests kept to be looked at: up to kSamplesPerKind whole failed ones for each request
// name and kind (of those never sent one of each reason), and the slowest few of each name;
// secrets already masked. Plain values.

#include <string>
#include <vector>

#include "base/clock.h"
#include "metrics/sample.h"

namespace loadgate::metrics {

inline constexpr std::size_t kSamplesPerKind = 10;
inline constexpr std::size_t kSampleBytes = 2048;  // Of a body; what is cut is said.

struct HttpMessage {
  std::string start_line;            // "GET http://… HTTP/1.1" or "500".
  std::vector<std::string> headers;  // "Name: value"
  std::string body;                  // At most kSampleBytes.
  std::uint64_t body_size = 0;       // Of the whole body.
};

struct FailureSample {
  Nanoseconds at{};             // Since the start of the run.
  Nanoseconds response_time{};  // Zero where nothing was sent.
  std::string detail;           // "status 500, expected below 400"; the transport's own words.
  HttpMessage request;          // Empty start line: never sent.
  HttpMessage response;         // Empty start line: none came.
};

struct FailureGroup {
  std::uint32_t request_name = 0;
  ErrorKind kind = ErrorKind::none;
  std::uint64_t count = 0;
  std::vector<FailureSample> samples;
};

// The slowest requests of a name that got a whole answer, slowest first.
inline constexpr std::size_t kSlowSamples = 3;
struct SlowGroup {
  std::uint32_t request_name = 0;
  std::vector<FailureSample> samples;
};

}  // namespace loadgate::metrics
