#pragma once

// The built-in service of `loadgate demo`: a small shop that answers JSON, with faults
// that can be switched on while it runs. Serves on threads of its own; construct, read
// port() and destroy from one thread. Listens on 127.0.0.1 only.

#include <cstdint>
#include <memory>
#include <string>

#include "base/clock.h"
#include "base/result.h"

namespace loadgate::server {

struct Faults {
  double slower = 0;         // A share: 0.2 answers 20 % slower.
  double delayed_share = 0;  // Of requests that take `delay` longer.
  Nanoseconds delay{};
  double error_share = 0;  // Of requests answered with status 500.
};

// Answers GET /products, GET /products/{n}, POST /carts, POST /carts/{n}/items and
// GET /health; POST /faults?slower=20%&delayed=1%&delay=200ms&errors=2% sets all faults
// (those not named are switched off).
class DemoTarget {
 public:
  // `port` 0: a free one.
  static Result<std::unique_ptr<DemoTarget>> start(std::uint16_t port, const Faults& faults);
  virtual ~DemoTarget() = default;
  virtual std::uint16_t port() const = 0;
};

}  // namespace loadgate::server
