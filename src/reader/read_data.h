#pragma once

// `data`: rows of CSV and JSON files that users are handed.

#include "reader/keys.h"

namespace loadgate::reader {

void read_data(const Field& field, Draft& draft);

}  // namespace loadgate::reader
