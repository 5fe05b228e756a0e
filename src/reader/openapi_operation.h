#pragma once

// One operation of a description as a request of a plan.

#include <nlohmann/json_fwd.hpp>
#include <string>

#include "reader/schema_example.h"
#include "reader/secret_box.h"
#include "reader/sketch.h"

namespace loadgate::reader {

struct Operation {
  plan::Method method;
  std::string path;                      // "/pets/{petId}"
  const nlohmann::ordered_json* shared;  // The path's own object: parameters of all its operations.
  const nlohmann::ordered_json* description;
};

SketchRequest request_of(const Operation& operation, const nlohmann::ordered_json& document,
                         SecretBox& secrets);

}  // namespace loadgate::reader
