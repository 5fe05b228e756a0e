#pragma once

// Requests and answers of our servers. Plain values.

#include <string>
#include <utility>
#include <vector>

#include "base/clock.h"

namespace loadgate::server {

struct Request {
  std::string method;                                        // In capitals.
  std::string path;                                          // Percent-decoded, without the query.
  std::vector<std::pair<std::string, std::string>> query{};  // Percent-decoded, in order.
  std::string body{};                                        // Of an HttpServer only.
};

struct Response {
  unsigned status = 200;
  std::string body;
  std::string content_type = "application/json";
  Nanoseconds service_time{};  // The answer leaves this long after the request was read; of an
                               // HttpServer only.
};

}  // namespace loadgate::server
