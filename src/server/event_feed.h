#pragma once

// Events for readers who come, go and lag as they like. A reader first gets a picture of
// all that is so, then each event behind it; who lags too far behind gets a new picture
// instead of what he missed. So memory is a few events, whatever readers do. One thread at
// a time.

#include <cstdint>
#include <deque>
#include <memory>
#include <string>

namespace loadgate::server {

class EventFeed {
 public:
  static constexpr std::size_t kKept = 8;

  // Where a reader stands.
  struct Cursor {
    bool has_picture = false;
    std::uint64_t next = 0;
  };
  enum class Next : std::uint8_t { picture, event, nothing_yet, over };
  using Text = std::shared_ptr<const std::string>;

  // REQUIRES: not closed.
  void publish(std::string event);
  void close() { is_closed_ = true; }
  bool is_closed() const { return is_closed_; }

  // What the reader gets now, and moves the cursor behind it; an event goes to `text`.
  // The picture is the caller's: taken later, it may hold what the next events say again.
  Next next(Cursor& cursor, Text& text) const;

 private:
  std::deque<Text> kept_;
  std::uint64_t published_ = 0;
  bool is_closed_ = false;
};

}  // namespace loadgate::server
