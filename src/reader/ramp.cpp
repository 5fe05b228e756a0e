#include "reader/ramp.h"

namespace loadgate::reader {

Nanoseconds ramp_at(double rate, unsigned from, unsigned to) {
  return from_seconds((to > from ? to - from : from - to) / rate);
}

unsigned users_after(const plan::Stage* previous) {
  return previous == nullptr || previous->is_open() ? 0 : previous->users;
}

}  // namespace loadgate::reader
