#pragma once

// What is wrong with the demo target, as a query says it, and what that does to answers.
// One thread.

#include <cstdint>
#include <string>

#include "base/clock.h"
#include "base/random.h"
#include "base/result.h"
#include "server/http_server.h"

namespace loadgate::server {

struct Faults {
  double slower = 0;         // A share: 0.2 answers 20 % slower.
  double delayed_share = 0;  // Of requests that take `delay` longer.
  Nanoseconds delay{};
  double error_share = 0;  // Of requests answered with status 500.
};

// From "slower=20%&delayed=1%&delay=200ms&errors=2%"; what is not named is off. The
// error is one line for the user.
Result<Faults> parse_faults(const std::vector<std::pair<std::string, std::string>>& query);

// As parse_faults reads them: "slower=20%&delayed=1%&delay=200ms&errors=2%".
std::string format_faults(const Faults& faults);

// Gives service times the small spread of a real service, and the faults of the moment.
// The same seed gives the same sequence.
class Weather {
 public:
  explicit Weather(std::uint64_t seed) : random_(seed) {}

  void set(const Faults& faults) { faults_ = faults; }
  Response over(Response response);

 private:
  double spread();

  Random random_;
  Faults faults_;
};

}  // namespace loadgate::server
