#pragma once

// What makes a load what it is, as text: two plans whose texts agree may be compared.
// Written as the file has it, before ${…}: neither secrets nor the target's address get in.

#include <string>

#include "plan/plan.h"
#include "reader/item.h"

namespace loadgate::reader {

// `item` is a request.
std::string load_text_of(const Item& item, const Draft& draft);

// Weights, waits and which requests follow which, by name.
std::string load_text_of(const plan::Scenario& scenario, const plan::Plan& plan);

}  // namespace loadgate::reader
