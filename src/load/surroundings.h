#pragma once

// What a worker is given and all of its parts look at. All of it outlives the worker.

#include <vector>

#include "base/clock.h"
#include "load/arrivals.h"
#include "load/load_shape.h"
#include "load/mailbox.h"
#include "load/script.h"

namespace loadgate::load {

struct Surroundings {
  const Script& script;
  const LoadShape& shape;
  const Arrivals& arrivals;
  const std::vector<unsigned>& pool_limits;  // By stage; 0 in stages of users.
  const Clock& clock;
  const Stop& stop;
  Mailbox& mailbox;
};

// Which part of everything is this worker's: users whose number leaves `index` when
// divided by `count`, and the arrivals for those users.
struct Part {
  unsigned index = 0, count = 1;

  // How many of the first `all` are in it.
  std::uint32_t of(unsigned all) const { return all / count + (all % count > index ? 1 : 0); }
};

}  // namespace loadgate::load
