#pragma once

// The shop that the demo target serves: its pages and its carts, in memory. Requests in,
// answers out, without sockets or faults. One thread.

#include <cstdint>
#include <vector>

#include "server/http_server.h"

namespace loadgate::server {

class Shop {
 public:
  static constexpr std::uint32_t kProducts = 1000;
  static constexpr std::uint32_t kProductsPerCollection = 20;
  static constexpr std::uint32_t kCollections = kProducts / kProductsPerCollection;

  // Each answer carries the service time of its page.
  Response answer(const Request& request);

 private:
  Response add_cart();
  Response add_item(std::uint32_t cart, const std::string& body);

  std::vector<std::uint32_t> carts_;  // How many items lie in cart number index + 1.
};

}  // namespace loadgate::server
