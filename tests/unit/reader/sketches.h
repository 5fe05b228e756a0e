#pragma once

// Plans that were written from recordings and descriptions, read back.

#include <gtest/gtest.h>

#include <string>

#include "base/file.h"
#include "base/text.h"
#include "plans.h"
#include "reader/sketch.h"

namespace loadgate::reader {

inline std::string fixture(const std::string& name) {
  const Result<std::string> text = read_file(LOADGATE_SOURCE_DIR "/tests/fixtures/" + name);
  EXPECT_TRUE(text.has_value()) << name;
  return text.value_or("");
}

// The plan of `text`, which must be right; ${X} of secrets is "in X", the target its own.
inline plan::Plan right_with_secrets(const std::string& text) {
  const auto environment = [](const std::string& name) {
    return name == "TARGET" ? std::nullopt : std::optional("in " + name);
  };
  Reading reading = read_plan(text, "plan.yaml", {}, {environment, test_file, kTestPort});
  EXPECT_EQ(render(reading.problems, reading.texts), "") << text;
  return reading.plan ? std::move(*reading.plan) : plan::Plan();
}

// A line a request: method, URL and body, as the first user sends them.
inline std::string sent_by(const plan::Plan& plan) {
  std::string lines;
  for (const plan::Request& request : plan.requests) {
    lines += std::string(plan::name_of(request.method)) + " " + filled(plan, request.url);
    if (request.body) lines += " " + filled(plan, *request.body);
    lines += "\n";
  }
  return lines;
}

}  // namespace loadgate::reader
