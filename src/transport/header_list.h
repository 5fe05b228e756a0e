#pragma once

// HeaderLines as libcurl wants them: a linked list, empty values spelled "Name;", and
// the headers suppressed that libcurl would add to a body by itself. The list points
// into the lines it was built from; nothing is copied. One thread.

#include <curl/curl.h>

#include <string>
#include <vector>

#include "transport/transport.h"

namespace loadgate::transport {

enum class BodyHeaders { none, suppress_defaults };

class HeaderList {
 public:
  void build(const HeaderLines& headers, BodyHeaders body);
  curl_slist* get() { return nodes_.empty() ? nullptr : nodes_.data(); }

 private:
  void append(const std::string& line);

  std::vector<curl_slist> nodes_;
  std::vector<std::string> respelled_;
};

}  // namespace loadgate::transport
