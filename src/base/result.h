#pragma once

// How the world's failures travel: a value or one sentence for the user.
//
// Each caller adds its step with during(), so the sentence reads from what was
// being done to what went wrong. A user's mistake in a plan is a Problem
// (base/place.h), a failed request is data (metrics/sample.h); neither comes here.

#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <utility>

namespace loadgate {

struct Error {
  std::string text;

  Error during(std::string_view step) const { return {std::string(step) + ": " + text}; }
};

template <class T>
class [[nodiscard]] Result : public tl::expected<T, Error> {
 public:
  using tl::expected<T, Error>::expected;
};

inline tl::unexpected<Error> failure(std::string text) {
  return tl::unexpected<Error>(Error{std::move(text)});
}

inline tl::unexpected<Error> failure(Error error) {
  return tl::unexpected<Error>(std::move(error));
}

}  // namespace loadgate
