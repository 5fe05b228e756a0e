#include "server/event_feed.h"

#include <cassert>
#include <utility>

namespace loadgate::server {

void EventFeed::publish(std::string event) {
  assert(!is_closed_);
  kept_.push_back(std::make_shared<const std::string>(std::move(event)));
  if (kept_.size() > kKept) kept_.pop_front();
  ++published_;
}

EventFeed::Next EventFeed::next(Cursor& cursor, Text& text) const {
  const std::uint64_t oldest = published_ - kept_.size();
  if (!cursor.has_picture || cursor.next < oldest) {
    cursor = {.has_picture = true, .next = published_};
    return Next::picture;
  }
  if (cursor.next == published_) return is_closed_ ? Next::over : Next::nothing_yet;
  text = kept_[static_cast<std::size_t>(cursor.next - oldest)];
  ++cursor.next;
  return Next::event;
}

}  // namespace loadgate::server
