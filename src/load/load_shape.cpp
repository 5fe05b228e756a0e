#include "load/load_shape.h"

#include <algorithm>
#include <cassert>

namespace loadgate::load {

LoadShape::LoadShape(const std::vector<plan::Stage>& stages, Held held) {
  assert(!stages.empty());
  Nanoseconds start{};
  unsigned level = 0;
  for (const plan::Stage& stage : stages) {
    // Users go at once where a rate follows, however slowly that one climbs.
    const unsigned to = stage.is_open() ? 0 : stage.users;
    const Nanoseconds ramp = stage.is_open() ? Nanoseconds::zero() : stage.ramp;
    const Nanoseconds held_from = held == Held::all ? start : start + stage.ramp;
    legs_.push_back({start, start + stage.duration, ramp, held_from, level, to});
    start += stage.duration;
    level = to;
  }
}

Nanoseconds LoadShape::Leg::change(unsigned number) const {
  // floor((number - 1) · ramp ÷ changes) without a product that could overflow.
  const Nanoseconds::rep steps = Nanoseconds::rep{number} - 1;
  const Nanoseconds::rep all = changes();
  return Nanoseconds(steps * (ramp.count() / all) + steps * (ramp.count() % all) / all);
}

unsigned LoadShape::Leg::changes_by(Nanoseconds since_start) const {
  if (changes() == 0 || since_start >= ramp) return changes();
  unsigned happened = 1;  // The first comes at once.
  unsigned beyond = changes() + 1;
  while (beyond - happened > 1) {
    const unsigned middle = happened + (beyond - happened) / 2;
    (change(middle) <= since_start ? happened : beyond) = middle;
  }
  return happened;
}

Nanoseconds LoadShape::length() const { return legs_.back().end; }

unsigned LoadShape::most_users() const {
  unsigned most = 0;
  for (const Leg& leg : legs_) most = std::max(most, leg.to);
  return most;
}

unsigned LoadShape::users_at(Nanoseconds elapsed) const {
  if (elapsed < Nanoseconds::zero() || elapsed >= length()) return 0;
  const Leg& leg = legs_[stage_at(elapsed)];
  const unsigned changes = leg.changes_by(elapsed - leg.start);
  return leg.to > leg.from ? leg.from + changes : leg.from - changes;
}

std::optional<Nanoseconds> LoadShape::next_change(Nanoseconds elapsed) const {
  if (elapsed >= length()) return std::nullopt;
  std::size_t next_stage = 0;
  if (elapsed >= Nanoseconds::zero()) {
    const std::size_t stage = stage_at(elapsed);
    const Leg& leg = legs_[stage];
    const unsigned happened = leg.changes_by(elapsed - leg.start);
    if (happened < leg.changes()) return leg.start + leg.change(happened + 1);
    next_stage = stage + 1;
  }
  for (; next_stage < legs_.size(); ++next_stage) {
    if (legs_[next_stage].changes() > 0) return legs_[next_stage].start;
  }
  if (legs_.back().to > 0) return length();
  return std::nullopt;
}

Nanoseconds LoadShape::spawn_gap(Nanoseconds elapsed) const {
  for (std::size_t stage = stage_at(elapsed) + 1; stage-- > 0;) {
    const Leg& leg = legs_[stage];
    if (leg.to > leg.from) return leg.ramp / leg.changes();
  }
  return {};
}

std::size_t LoadShape::stage_at(Nanoseconds elapsed) const {
  const auto after = std::upper_bound(legs_.begin(), legs_.end(), elapsed,
                                      [](Nanoseconds t, const Leg& leg) { return t < leg.end; });
  if (after == legs_.end()) return legs_.size() - 1;
  return static_cast<std::size_t>(after - legs_.begin());
}

bool LoadShape::is_held(Nanoseconds elapsed) const {
  const Leg& leg = legs_[stage_at(elapsed)];
  return elapsed >= leg.held_from && elapsed < leg.end;
}

Nanoseconds LoadShape::start_of(std::size_t stage) const { return legs_[stage].start; }

}  // namespace loadgate::load
