#pragma once

// The built-in service of `loadgate demo`: a small shop that answers JSON, with faults
// that can be switched on while it runs. Serves on threads of its own; construct, read
// port() and destroy from one thread. Listens on 127.0.0.1 only.

#include <cstdint>
#include <memory>

#include "base/result.h"
#include "server/faults.h"

namespace loadgate::server {

// Answers GET /products (also ?collection=1 to 50), GET /products/{1 to 1000}, POST
// /carts, POST /carts/{n}/items with {"product_id": 7, "quantity": 1}, and GET /health.
// POST /faults?slower=20%&delayed=1%&delay=200ms&errors=2% sets all faults (those not
// named are switched off) and answers what is on now.
class DemoTarget {
 public:
  // `port` 0: a free one.
  static Result<std::unique_ptr<DemoTarget>> start(std::uint16_t port, const Faults& faults);
  virtual ~DemoTarget() = default;
  virtual std::uint16_t port() const = 0;
};

}  // namespace loadgate::server
