#pragma once

// The kinds of value a key can hold, read with the key's own example in the message.
// Each gives nothing where it has complained.

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "plan/value.h"
#include "reader/keys.h"

namespace loadgate::reader {

std::optional<std::string> read_text(const Field& field);  // Not empty.
std::optional<Nanoseconds> read_duration(const Field& field);
std::optional<Nanoseconds> read_positive_duration(const Field& field);
std::optional<double> read_rate(const Field& field);  // At most plan::kHighestRate.
std::optional<double> read_share(const Field& field);
std::optional<bool> read_bool(const Field& field);
std::optional<unsigned> read_whole_number(const Field& field, unsigned lowest, unsigned highest);

// One of `words`, by its index. A key's type says "one of a, b, c".
std::optional<std::size_t> read_word(const Field& field, std::span<const std::string_view> words);

template <class T>
struct Choice {
  std::string_view word;
  T value;
};
template <class T, std::size_t N>
std::optional<T> read_choice(const Field& field, const std::array<Choice<T>, N>& choices) {
  std::array<std::string_view, N> words;
  for (std::size_t i = 0; i < N; ++i) words[i] = choices[i].word;
  const auto index = read_word(field, words);
  if (!index) return std::nullopt;
  return choices[*index].value;
}

// Complains if the value is of another kind. A broken one passes over in silence.
bool expect(const Field& field, YamlNode::Kind kind);

// What a plain or quoted scalar is in YAML and so in a JSON body: 5 is a number, "5" is
// text. Complains about numbers that YAML and JSON write differently (007, 0x1F).
// REQUIRES: a scalar or empty node.
std::optional<plan::Value> typed_value(const YamlNode& scalar, ProblemList& problems);

}  // namespace loadgate::reader
