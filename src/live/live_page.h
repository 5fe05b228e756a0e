#pragma once

// The run while it goes on, in a browser: charts, tables, a button that stops it. Serves on
// a thread of its own from open() to the end of the process's work; all else is called from
// the main thread, which never waits for a reader but in wait_for_readers().
//
//   GET  /        the page          GET /events  what happens, as server-sent events
//   POST /stop    stops gently      GET /report  report.html, once the run is over

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <string>

#include "base/clock.h"
#include "base/result.h"
#include "live/door.h"
#include "live/page_events.h"
#include "live/run_so_far.h"
#include "load/runner.h"
#include "server/endpoint.h"
#include "server/event_server.h"

namespace loadgate::live {

class LivePage final : public load::Observer {
 public:
  // Where Locust's page is, too.
  static server::Endpoint usual_endpoint() { return {.host = "127.0.0.1", .port = 8089}; }

  // `stop` is called at most once, on the page's own thread.
  static Result<std::unique_ptr<LivePage>> open(const server::Endpoint& endpoint, Outline outline,
                                                std::function<void()> stop);
  ~LivePage() override;
  LivePage(const LivePage&) = delete;
  LivePage& operator=(const LivePage&) = delete;

  std::string url() const;  // With its token, where it has one.

  void progress(const load::Progress& now) override;
  void note(const std::string& line);  // A line of progress; the page shows the last few.

  // Once, last: pages that are open go on to the report.
  void end(End end);
  // Until pages that were open at the end have the report, and other readers their last
  // event; at most `patience`, and not beyond `is_enough`, which is asked many times a second.
  void wait_for_readers(Nanoseconds patience, const std::function<bool()>& is_enough);

 private:
  LivePage(const server::Endpoint& endpoint, Outline outline, std::function<void()> stop);

  using Asked = server::EventServer::Asked;
  using Answer = server::EventServer::Answer;
  Answer answer(const Asked& asked);
  Answer answer_friend(const Asked& asked);
  Answer stream(const Asked& asked);
  Answer report(const Asked& asked);
  Answer stop(const Asked& asked);
  std::string picture();
  void stream_is_over(bool is_whole, bool is_page);
  void reader_is_served();

  const server::Endpoint endpoint_;
  const Door door_;
  const Outline outline_;
  const std::function<void()> stop_;

  std::mutex mutex_;  // Of what follows, but the server.
  std::condition_variable served_;
  RunSoFar so_far_;
  Standing standing_;
  int readers_ = 0;  // Who are still to be told the end, or to load the report.

  std::unique_ptr<server::EventServer> server_;  // Calls all of the above: gone first.
};

}  // namespace loadgate::live
