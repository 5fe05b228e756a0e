#include "plan/scenario.h"

#include <algorithm>

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

bool Request::reads_body() const {
  return expect.reads_body() || std::any_of(captures.begin(), captures.end(),
                                            [](const Capture& one) { return one.reads_body(); });
}

}  // namespace loadgate::plan
