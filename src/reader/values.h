#pragma once

// The kinds of value a key can hold, read with the key's own example in the message.
// Each gives nothing where it has complained.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "plan/value.h"
#include "reader/keys.h"

namespace loadgate::reader {

std::optional<std::string> read_text(const Field& field);  // Not empty.
std::optional<Nanoseconds> read_duration(const Field& field);
std::optional<Nanoseconds> read_positive_duration(const Field& field);
std::optional<double> read_rate(const Field& field);  // Above 0.
std::optional<double> read_share(const Field& field);
std::optional<bool> read_bool(const Field& field);
std::optional<unsigned> read_whole_number(const Field& field, unsigned lowest, unsigned highest);

// Complains if the value is of another kind. A broken one passes over in silence.
bool expect(const Field& field, YamlNode::Kind kind);

// What a plain or quoted scalar is in YAML and so in a JSON body: 5 is a number, "5" is
// text. Complains about numbers that YAML and JSON write differently (007, 0x1F).
// REQUIRES: a scalar or empty node.
std::optional<plan::Value> typed_value(const YamlNode& scalar, ProblemList& problems);

}  // namespace loadgate::reader
