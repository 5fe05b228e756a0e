#pragma once

// A failed request as it is kept to be looked at, without its secrets. Built seldom
// (the first few failures of a kind), so clarity goes before speed.

#include <string>
#include <string_view>
#include <vector>

#include "metrics/failure.h"
#include "transport/transport.h"

namespace loadgate::load {

// Puts *** where a secret stands: as it is, percent-encoded (as in URLs and forms) and
// as JSON text has it. Immutable, any thread.
class Mask {
 public:
  explicit Mask(const std::vector<std::string>& secrets);

  std::string over(std::string_view text) const;

  // At most `bytes` of `text`, masked before it is cut. `is_cut`: text was cut already,
  // so its end may be the beginning of a secret, which is masked too.
  enum class Is { whole, cut };
  std::string over_beginning(std::string_view text, std::size_t bytes, Is is) const;

  // A header line; the whole value of Authorization, Proxy-Authorization, Cookie and
  // Set-Cookie is masked, secret or not.
  std::string over_header(std::string_view line) const;

 private:
  std::vector<std::string> forms_;  // Longest first: a secret may hold another.
};

// What the exchange sent and got. `detail` may hold text from the response.
metrics::FailureSample failure_sample(const transport::Exchange& exchange,
                                      const std::string& detail, TimePoint run_start,
                                      const Mask& mask);

}  // namespace loadgate::load
