#include "server/event_feed.h"

#include <gtest/gtest.h>

namespace loadgate::server {
namespace {

using Next = EventFeed::Next;

std::string next(const EventFeed& feed, EventFeed::Cursor& reader) {
  EventFeed::Text text;
  switch (feed.next(reader, text)) {
    case Next::picture:
      return "picture";
    case Next::event:
      return *text;
    case Next::nothing_yet:
      return "nothing yet";
    case Next::over:
      break;
  }
  return "over";
}

TEST(EventFeed, GivesAPictureFirstAndThenEachEventBehindIt) {
  EventFeed feed;
  feed.publish("missed");
  EventFeed::Cursor reader;
  EXPECT_EQ(next(feed, reader), "picture");
  EXPECT_EQ(next(feed, reader), "nothing yet");
  feed.publish("a");
  feed.publish("b");
  EXPECT_EQ(next(feed, reader), "a");
  EXPECT_EQ(next(feed, reader), "b");
  EXPECT_EQ(next(feed, reader), "nothing yet");
}

TEST(EventFeed, ReadersStandWhereTheyStand) {
  EventFeed feed;
  EventFeed::Cursor early, late;
  EXPECT_EQ(next(feed, early), "picture");
  feed.publish("a");
  EXPECT_EQ(next(feed, late), "picture");
  feed.publish("b");
  EXPECT_EQ(next(feed, early), "a");
  EXPECT_EQ(next(feed, late), "b");
}

TEST(EventFeed, WhoLagsTooFarBehindGetsANewPicture) {
  EventFeed feed;
  EventFeed::Cursor slow;
  EXPECT_EQ(next(feed, slow), "picture");
  for (std::size_t i = 0; i < EventFeed::kKept; ++i) feed.publish("event");
  EventFeed::Cursor just_in_time = slow;
  EXPECT_EQ(next(feed, just_in_time), "event");
  feed.publish("one too many");
  EXPECT_EQ(next(feed, slow), "picture");
  EXPECT_EQ(next(feed, slow), "nothing yet");
}

TEST(EventFeed, IsOverBehindTheLastEvent) {
  EventFeed feed;
  EventFeed::Cursor reader;
  EXPECT_EQ(next(feed, reader), "picture");
  feed.publish("the end");
  feed.close();
  EXPECT_EQ(next(feed, reader), "the end");
  EXPECT_EQ(next(feed, reader), "over");
  EventFeed::Cursor late;
  EXPECT_EQ(next(feed, late), "picture");
  EXPECT_EQ(next(feed, late), "over");
}

}  // namespace
}  // namespace loadgate::server
