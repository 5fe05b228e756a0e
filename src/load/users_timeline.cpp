#include "load/users_timeline.h"

namespace loadgate::load {

void UsersTimeline::add(Nanoseconds at, unsigned users) {
  if (seen_++ % stride_ != 0) return;
  points_.push_back({at, users});
  if (points_.size() <= budget_) return;
  for (std::size_t i = 0; 2 * i < points_.size(); ++i) points_[i] = points_[2 * i];
  points_.resize((points_.size() + 1) / 2);
  stride_ *= 2;
}

}  // namespace loadgate::load
