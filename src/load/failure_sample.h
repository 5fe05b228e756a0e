#pragma once

// A failed request as it is kept to be looked at, without its secrets. Built seldom
// (the first few failures of a kind), so clarity goes before speed.

#include <string>
#include <string_view>
#include <vector>

#include "metrics/failure.h"
#include "plan/http.h"
#include "transport/transport.h"

namespace loadgate::load {

// Puts *** where a secret stands: as it is, percent-encoded (as in URLs and forms) and
// as JSON text has it. Immutable, any thread.
class Mask {
 public:
  explicit Mask(const std::vector<std::string>& secrets);

  // Masks these too.
  Mask with(const std::vector<std::string>& secrets) const;

  std::string over(std::string_view text) const;

  // At most `bytes` of `text`, masked before it is cut. `is_cut`: text was cut already,
  // so its end may be the beginning of a secret, which is masked too.
  enum class Is { whole, cut };
  std::string over_beginning(std::string_view text, std::size_t bytes, Is is) const;

  // A header line; the whole value of Authorization, Proxy-Authorization, Cookie and
  // Set-Cookie is masked, secret or not.
  std::string over_header(std::string_view line) const;

 private:
  void add(const std::vector<std::string>& secrets);

  std::vector<std::string> forms_;  // Longest first: a secret may hold another.
};

// Whether samples show bodies: not with `samples: none`.
enum class Bodies : std::uint8_t { shown, hidden };

// The first `bytes` of what was seen, masked, with "…" where there is more.
std::string excerpt(const std::string& text, std::size_t bytes, const Mask& mask);

// What samples need to know beside the exchange.
struct SampleRules {
  TimePoint run_start;
  plan::Protocol protocol = plan::Protocol::h1;
  Bodies bodies = Bodies::shown;
};

// What the exchange sent and got; `due` is where its response time began. `detail` may
// hold text from the response.
metrics::FailureSample failure_sample(const transport::Exchange& exchange, TimePoint due,
                                      const std::string& detail, const SampleRules& rules,
                                      const Mask& mask);

}  // namespace loadgate::load
