#pragma once

// A small HTTP/1.1 server on 127.0.0.1, for thousands of kept connections: one thread
// reads, answers and writes, another wakes answers that take their time. Construct and
// destroy from one thread; the destructor closes all, also connections whose answer waits.

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>

#include "base/result.h"
#include "server/http_message.h"

namespace loadgate::server {

class HttpServer {
 public:
  using Handler = std::function<Response(const Request&)>;  // Throws nothing.

  // Of a body; a larger one is answered with 413 here.
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
