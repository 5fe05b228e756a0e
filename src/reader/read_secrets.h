#pragma once

// `secrets` and `samples`: what no output may show.

#include <algorithm>
#include <utility>
#include <vector>

#include "reader/keys.h"

namespace loadgate::reader {

// To one of the plan's lists of secrets: what is hidden in two places stands there once.
template <class T>
void add_once(T value, std::vector<T>& list) {
  if (std::find(list.begin(), list.end(), value) == list.end()) list.push_back(std::move(value));
}

// REQUIRES: variables, data and scenarios (for their captures) are read.
void read_secrets(const Field& field, Draft& draft);

void read_samples(const Field& field, Draft& draft);

}  // namespace loadgate::reader
