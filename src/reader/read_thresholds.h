#pragma once

// `thresholds`, and how they and the gate name requests.

#include <optional>
#include <string>

#include "reader/keys.h"

namespace loadgate::reader {

// REQUIRES: scenarios and stages are read.
void read_thresholds(const Field& field, Draft& draft);

// The name of a request as reports have it. "/products/" stands for "GET /products/"
// where only one request is meant. Complains where none is.
std::optional<std::string> find_request_name(const YamlNode& node, Draft& draft);

}  // namespace loadgate::reader
