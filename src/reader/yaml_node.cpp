#include "reader/yaml_node.h"

#include <algorithm>

namespace loadgate::reader {

const Entry* YamlNode::find(std::string_view key) const {
  const auto found = std::find_if(entries.begin(), entries.end(),
                                  [&](const Entry& entry) { return entry.key == key; });
  return found == entries.end() ? nullptr : &*found;
}

}  // namespace loadgate::reader
