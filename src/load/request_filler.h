#pragma once

// Makes of a request of the plan what goes over the wire, in one user's own memory; what
// has no placeholder is taken as the script prepared it. One thread.

#include <string>

#include "load/script.h"
#include "plan/plan.h"
#include "transport/transport.h"

namespace loadgate::load {

class RequestFiller {
 public:
  explicit RequestFiller(const Script& script) : script_(script) {}
  RequestFiller(const RequestFiller&) = delete;  // Exchanges point into it.
  RequestFiller& operator=(const RequestFiller&) = delete;

  // Fills the upper part of `exchange`, which is always the same one.
  void fill(const plan::Request& request, const plan::Scope& scope, transport::Exchange& exchange);

 private:
  void fill_url(const plan::Request& request, const plan::Scope& scope, std::string& url);
  void fill_headers(const plan::Request& request, const plan::Scope& scope);

  const Script& script_;
  transport::HeaderLines headers_;
  std::string body_;                       // Where it is no constant of the plan.
  const plan::Request* url_of_ = nullptr;  // Whose constant URL the exchange holds, or null.
};

}  // namespace loadgate::load
