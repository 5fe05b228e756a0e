#include "load/rows_in_hand.h"

namespace loadgate::load {

RowsInHand::RowsInHand(DataFeeds& feeds, std::uint64_t key)
    : feeds_(feeds),
      key_(key),
      rows_(feeds.size()),
      is_for_life_(feeds.size()),
      drawn_(feeds.size()) {}

const plan::Row* RowsInHand::next(std::size_t source, Random& random) {
  DataFeed& feed = feeds_[source];
  const plan::Data& data = feed.data();
  const bool is_by_chance = data.order == plan::Data::Order::random && data.reuse;
  if (data.share == plan::Data::Share::all_users || is_by_chance) return feed.next(random);
  return row_of_draw(data, drawn_[source]++, key_ + source);
}

const plan::Data* RowsInHand::draw(const std::vector<std::size_t>& sources, Random& random) {
  for (const std::size_t source : sources) {
    if (rows_[source] != nullptr) continue;
    rows_[source] = next(source, random);
    if (rows_[source] != nullptr) continue;
    feeds_[source].say_ran_out();
    return &feeds_[source].data();
  }
  return nullptr;
}

void RowsInHand::keep_for_life() {
  for (std::size_t i = 0; i < rows_.size(); ++i) is_for_life_[i] = rows_[i] != nullptr;
}

void RowsInHand::put_back() {
  for (std::size_t i = 0; i < rows_.size(); ++i) {
    if (!is_for_life_[i]) rows_[i] = nullptr;
  }
}

}  // namespace loadgate::load
