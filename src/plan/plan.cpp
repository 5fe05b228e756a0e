#include "plan/plan.h"

namespace loadgate::plan {

Nanoseconds Plan::length() const {
  Nanoseconds total{};
  for (const Stage& stage : stages) total += stage.duration;
  return total;
}

}  // namespace loadgate::plan
