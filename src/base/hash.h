#pragma once

// A short fingerprint of text, to tell whether two things are the same thing.
// Not for secrets, not against an attacker.

#include <string>
#include <string_view>

namespace loadgate {

// FNV-1a, 64 bits (Fowler, Noll, Vo), as 16 hexadecimal digits.
std::string fingerprint_of(std::string_view text);

}  // namespace loadgate
