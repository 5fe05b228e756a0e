#pragma once

// A small HTTP/1.1 server for a page and its events (server-sent events): few readers, for
// hours. One thread of its own answers all of them. Construct and destroy from one thread;
// the destructor closes all.
//
// Readers never hold up who publishes: one that is slow or gone waits on its own, and gets a
// new picture once it reads again (event_feed.h). A connection that takes nothing for a
// minute is closed.

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "base/result.h"
#include "server/endpoint.h"
#include "server/http_message.h"

namespace loadgate::server {

class EventServer {
 public:
  struct Asked {
    Request request;           // Without its body, which is not read.
    std::string host, origin;  // The headers; empty where there are none.
  };
  struct Answer {
    Response response;
    std::vector<std::pair<std::string, std::string>> headers{};
    bool is_stream = false;  // Events instead of the body, until close().
    // Told at the end of it, whether it was sent whole. May be empty.
    std::function<void(bool is_whole)> gone{};
  };
  // Called on the server's thread, one at a time; they throw nothing and are quick.
  struct Terms {
    Endpoint endpoint;
    std::function<Answer(const Asked&)> handler;
    // What a new reader gets first: text of events, as publish() takes them. It may hold
    // what later events say again.
    std::function<std::string()> picture;
  };

  static Result<std::unique_ptr<EventServer>> start(Terms terms);

  ~EventServer();
  EventServer(const EventServer&) = delete;
  EventServer& operator=(const EventServer&) = delete;

  std::uint16_t port() const;

  // Any thread; none waits for readers. After close() nothing is published, and streams end
  // behind what was.
  void publish(std::string event);
  void close();

  std::size_t streams() const;  // Open ones. Any thread.

 private:
  struct Engine;
  explicit EventServer(std::unique_ptr<Engine> engine);
  std::unique_ptr<Engine> engine_;
};

// "event: NAME\ndata: DATA\n\n". REQUIRES: no line break in either.
std::string event_text(std::string_view name, std::string_view data);

}  // namespace loadgate::server
