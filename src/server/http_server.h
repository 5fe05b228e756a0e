#pragma once

// A small HTTP/1.1 server on 127.0.0.1, for thousands of kept connections: one thread
// reads, answers and writes, another wakes answers that take their time. Construct and
// destroy from one thread; the destructor closes all, also connections whose answer waits.

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "base/clock.h"
#include "base/result.h"

namespace loadgate::server {

struct Request {
  std::string method;                                        // In capitals.
  std::string path;                                          // Percent-decoded, without the query.
  std::vector<std::pair<std::string, std::string>> query{};  // Percent-decoded, in order.
  std::string body{};  // At most kLargestBody; a larger one is answered with 413 here.
};

struct Response {
  unsigned status = 200;
  std::string body;
  std::string content_type = "application/json";
  Nanoseconds service_time{};  // The answer leaves this long after the request was read.
};

class HttpServer {
 public:
  using Handler = std::function<Response(const Request&)>;  // Throws nothing.

  static constexpr std::size_t kLargestBody = std::size_t{64} * 1024;

  // `handler` is called from one thread, never twice at a time. `port` 0: a free one.
  static Result<std::unique_ptr<HttpServer>> start(std::uint16_t port, Handler handler);

  ~HttpServer();
  HttpServer(const HttpServer&) = delete;
  HttpServer& operator=(const HttpServer&) = delete;

  std::uint16_t port() const;

 private:
  struct Engine;
  explicit HttpServer(std::unique_ptr<Engine> engine);
  std::unique_ptr<Engine> engine_;
};

}  // namespace loadgate::server
