#pragma once

// Where something stands in a file the user wrote, and a complaint about it.
// Plain values, any thread.

#include <string>
#include <vector>

namespace loadgate {

struct Place {
  std::string file;  // As the user named it.
  int line = 0;      // 1-based; 0 where there is no place.
  int column = 0;    // 1-based, in characters.
  int length = 1;    // Characters to underline.
};

struct Problem {
  Place place;
  std::string text;  // "unknown key "spwan_rate""
  std::string hint;  // Printed behind the caret; may be empty.
};

using Problems = std::vector<Problem>;

}  // namespace loadgate
