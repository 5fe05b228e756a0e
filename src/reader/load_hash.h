#pragma once

// What makes a request the load it is, as text: those whose texts agree may be compared.
// Written as the file has it, before ${…}: neither secrets nor the target's address get in.

#include <string>

#include "reader/item.h"

namespace loadgate::reader {

// `item` is a request.
std::string load_text_of(const Item& item, const Draft& draft);

}  // namespace loadgate::reader
