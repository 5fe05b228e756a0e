#include "plan/scenario.h"

#include <fmt/format.h>

namespace loadgate::plan {

std::string_view name_of(Method method) {
  switch (method) {
    case Method::get:
      return "GET";
    case Method::head:
      return "HEAD";
    case Method::post:
      return "POST";
    case Method::put:
      return "PUT";
    case Method::patch:
      return "PATCH";
    case Method::del:
      return "DELETE";
    case Method::options:
      return "OPTIONS";
  }
  return {};
}

std::string StatusRule::text() const {
  return exactly_ ? fmt::format("{}", *exactly_) : "below 400";
}

}  // namespace loadgate::plan
