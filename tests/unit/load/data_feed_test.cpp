#include "load/data_feed.h"

#include <gtest/gtest.h>

#include <map>
#include <set>
#include <thread>

#include "load/rows_in_hand.h"
#include "support/sample_plan.h"

namespace loadgate::load {
namespace {

using plan::Data;
using support::rows;

std::vector<const plan::Row*> draws(DataFeed& feed, std::size_t count) {
  Random random(1);
  std::vector<const plan::Row*> drawn;
  for (std::size_t i = 0; i < count; ++i) drawn.push_back(feed.next(random));
  return drawn;
}

std::vector<std::string> texts(const std::vector<const plan::Row*>& drawn) {
  std::vector<std::string> texts;
  for (const plan::Row* row : drawn) texts.push_back(row == nullptr ? "-" : row->fields[0].text);
  return texts;
}

TEST(DataFeed, GoesThroughTheRowsInOrderAndAgain) {
  const Data data = rows("items", 3);
  DataFeed feed(data, 1);
  EXPECT_EQ(texts(draws(feed, 5)), (std::vector<std::string>{"0", "1", "2", "0", "1"}));
}

TEST(DataFeed, HandsEachRowOutOnceWithoutReuse) {
  for (const auto order : {Data::Order::sequential, Data::Order::shuffle, Data::Order::random}) {
    Data data = rows("items", 50);
    data.order = order;
    data.reuse = false;
    DataFeed feed(data, 3);
    std::set<const plan::Row*> seen;
    for (const plan::Row* row : draws(feed, 50)) EXPECT_TRUE(seen.insert(row).second);
    EXPECT_EQ(seen.count(nullptr), 0U);
    EXPECT_EQ(texts(draws(feed, 2)), (std::vector<std::string>{"-", "-"}));
  }
}

TEST(DataFeed, ShufflesEveryPassAnewAndTheSameForTheSameKey) {
  Data data = rows("items", 20);
  data.order = Data::Order::shuffle;
  DataFeed one(data, 5);
  DataFeed same(data, 5);
  DataFeed other(data, 6);
  const auto first = draws(one, 20);
  const auto second = draws(one, 20);
  EXPECT_EQ(first, draws(same, 20));
  EXPECT_NE(first, draws(other, 20));
  EXPECT_NE(first, second);
  for (const auto& pass : {first, second}) {
    EXPECT_EQ(std::set(pass.begin(), pass.end()).size(), 20U);
  }
}

TEST(DataFeed, LetsTheAskersNumbersChooseARandomRow) {
  Data data = rows("items", 10);
  data.order = Data::Order::random;
  DataFeed feed(data, 5);
  EXPECT_EQ(draws(feed, 30), draws(feed, 30));  // Each begins with the same numbers.
  const auto drawn = draws(feed, 300);
  EXPECT_EQ(std::set(drawn.begin(), drawn.end()).size(), 10U);
}

// The claim of the language: once over all workers.
TEST(DataFeed, HandsEachRowOutExactlyOnceToEightThreads) {
  constexpr std::size_t kRows = 20'000;
  Data data = rows("messages", kRows);
  data.order = Data::Order::shuffle;
  data.reuse = false;
  DataFeed feed(data, 9);
  std::vector<std::vector<const plan::Row*>> taken(8);
  {
    std::vector<std::jthread> workers;
    for (auto& mine : taken) {
      workers.emplace_back([&] {
        Random random(1);
        while (const plan::Row* row = feed.next(random)) mine.push_back(row);
      });
    }
  }
  std::map<const plan::Row*, int> times;
  for (const auto& mine : taken) {
    for (const plan::Row* row : mine) ++times[row];
  }
  EXPECT_EQ(times.size(), kRows);
  for (const auto& [row, count] : times) ASSERT_EQ(count, 1);
}

TEST(DataFeeds, GoOnWhereOthersWereLeft) {
  plan::Plan plan;
  plan.data.push_back(rows("items", 20));
  plan.data.push_back(rows("people", 30));
  plan.data[0].order = plan.data[1].order = Data::Order::shuffle;
  DataFeeds whole(plan, 5);
  const auto items = texts(draws(whole[0], 40));
  const auto people = texts(draws(whole[1], 12));

  DataFeeds first(plan, 5);
  auto some_items = texts(draws(first[0], 15));
  auto some_people = texts(draws(first[1], 7));
  DataFeeds second(plan, first.drawn());
  for (const std::string& text : texts(draws(second[0], 25))) some_items.push_back(text);
  for (const std::string& text : texts(draws(second[1], 5))) some_people.push_back(text);
  EXPECT_EQ(some_items, items);
  EXPECT_EQ(some_people, people);
  EXPECT_EQ(second.drawn().draws, (std::vector<std::uint64_t>{40, 12}));
}

class RowsInHandTest : public testing::Test {
 protected:
  RowsInHandTest() {
    plan_.data.push_back(rows("items", 3));
    plan_.data.push_back(rows("people", 2));
  }

  std::string in_hand(const RowsInHand& hand, std::size_t source) const {
    const plan::Row* row = hand.rows()[source];
    return row == nullptr ? "-" : row->fields[0].text;
  }

  plan::Plan plan_;
  Random random_{1};
};

TEST_F(RowsInHandTest, KeepARowUntilItIsPutBack) {
  DataFeeds feeds(plan_, 1);
  RowsInHand hand(feeds, 1);
  EXPECT_EQ(hand.draw({0}, random_), nullptr);
  EXPECT_EQ(hand.draw({0, 1}, random_), nullptr);
  EXPECT_EQ(in_hand(hand, 0), "0");
  EXPECT_EQ(in_hand(hand, 1), "0");
  hand.put_back();
  EXPECT_EQ(in_hand(hand, 0), "-");
  hand.draw({0}, random_);
  EXPECT_EQ(in_hand(hand, 0), "1");
}

TEST_F(RowsInHandTest, KeepRowsOfOnStartForLife) {
  DataFeeds feeds(plan_, 1);
  RowsInHand hand(feeds, 1);
  hand.draw({1}, random_);
  hand.keep_for_life();
  hand.draw({0}, random_);
  hand.put_back();
  EXPECT_EQ(in_hand(hand, 0), "-");
  EXPECT_EQ(in_hand(hand, 1), "0");
}

TEST_F(RowsInHandTest, GiveEachUserEveryRowWhereUsersDoNotShare) {
  plan_.data[0].share = Data::Share::each_user;
  plan_.data[0].order = Data::Order::shuffle;
  plan_.data[0].reuse = false;
  DataFeeds feeds(plan_, 1);
  std::vector<std::vector<std::string>> seen(2);
  for (std::uint64_t user = 0; user < 2; ++user) {
    RowsInHand hand(feeds, user);
    while (hand.draw({0}, random_) == nullptr) {
      seen[user].push_back(in_hand(hand, 0));
      hand.put_back();
    }
    EXPECT_EQ(std::set(seen[user].begin(), seen[user].end()).size(), 3U);
  }
}

TEST_F(RowsInHandTest, SayWhichDataRanOut) {
  plan_.data[1].reuse = false;
  plan_.data[1].when_exhausted = Data::Exhausted::stop_run;
  DataFeeds feeds(plan_, 1);
  RowsInHand hand(feeds, 1);
  for (int i = 0; i < 2; ++i) {
    EXPECT_EQ(hand.draw({0, 1}, random_), nullptr);
    hand.put_back();
  }
  EXPECT_EQ(feeds.ran_out(), nullptr);
  EXPECT_EQ(hand.draw({0, 1}, random_), &plan_.data[1]);
  EXPECT_EQ(feeds.ran_out(), &plan_.data[1]);
  EXPECT_EQ(feeds.ends_run(), &plan_.data[1]);
}

}  // namespace
}  // namespace loadgate::load
