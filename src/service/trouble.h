#pragma once

// Why the service under test is not there, and what it said last. Plain values.

#include <filesystem>
#include <string>
#include <vector>

namespace loadgate::service {

struct Trouble {
  std::string sentence;
  std::vector<std::string> last_lines;
  std::filesystem::path log;  // Empty where nothing ran that could have said something.

  // For reports, each a paragraph: what happened with the last line, which mostly says
  // why; then all the last lines.
  std::vector<std::string> reasons() const;
};

}  // namespace loadgate::service
