#include "load/data_feed.h"

#include <cassert>

#include "load/shuffle.h"

namespace loadgate::load {
namespace {

bool is_drawn_by_chance(const plan::Data& data) {
  return data.order == plan::Data::Order::random && data.reuse;
}

}  // namespace

const plan::Row* row_of_draw(const plan::Data& data, std::uint64_t number, std::uint64_t key) {
  const std::uint64_t size = data.rows.size();
  if (!data.reuse && number >= size) return nullptr;
  const std::uint64_t place = number % size;
  if (data.order == plan::Data::Order::sequential) return &data.rows[place];
  const std::uint64_t pass = number / size;
  return &data.rows[shuffled(place, size, Random::stream(key, pass).next())];
}

const plan::Row* DataFeed::next(Random& random) {
  if (is_drawn_by_chance(data_)) return &data_.rows[random.below(data_.rows.size())];
  return row_of_draw(data_, drawn_.fetch_add(1, std::memory_order_relaxed), key_);
}

DataFeeds::DataFeeds(const plan::Plan& plan, const DrawnRows& from) : seed_(from.seed) {
  assert(from.draws.empty() || from.draws.size() == plan.data.size());
  Random keys = Random::stream(seed_, UINT64_MAX);
  for (std::size_t i = 0; i < plan.data.size(); ++i) {
    const std::uint64_t drawn = from.draws.empty() ? 0 : from.draws[i];
    feeds_.emplace_back(plan.data[i], keys.next(), drawn);
  }
}

DrawnRows DataFeeds::drawn() const {
  DrawnRows drawn{seed_, {}};
  for (const DataFeed& feed : feeds_) drawn.draws.push_back(feed.drawn());
  return drawn;
}

const plan::Data* DataFeeds::ran_out() const {
  for (const DataFeed& feed : feeds_) {
    if (feed.ran_out()) return &feed.data();
  }
  return nullptr;
}

const plan::Data* DataFeeds::ends_run() const {
  for (const DataFeed& feed : feeds_) {
    const bool ends = feed.data().when_exhausted == plan::Data::Exhausted::stop_run;
    if (ends && feed.ran_out()) return &feed.data();
  }
  return nullptr;
}

}  // namespace loadgate::load
