#include "load/request_filler.h"

#include "load/header_line.h"

namespace loadgate::load {

void RequestFiller::fill(const plan::Request& request, const plan::Scope& scope,
                         transport::Exchange& exchange) {
  exchange.method = request.method;
  exchange.timeout = request.timeout;
  exchange.keep = request.reads_body() ? transport::Keep::whole : transport::Keep::beginning;
  fill_url(request, scope, exchange.url);

  exchange.headers = script_.constant_headers(request.id);
  if (exchange.headers == nullptr) {
    fill_headers(request, scope);
    exchange.headers = &headers_;
  }

  exchange.has_body = request.body.has_value();
  if (!exchange.has_body) return;
  if (request.body->is_constant()) {
    exchange.body = request.body->constant();
    return;
  }
  body_.clear();
  request.body->fill(scope, body_);
  exchange.body = body_;
}

void RequestFiller::fill_url(const plan::Request& request, const plan::Scope& scope,
                             std::string& url) {
  if (request.url.is_constant()) {
    if (url_of_ != &request) url = request.url.constant();
    url_of_ = &request;
    return;
  }
  url_of_ = nullptr;
  url.clear();
  request.url.fill(scope, url);
}

void RequestFiller::fill_headers(const plan::Request& request, const plan::Scope& scope) {
  headers_.lines.resize(request.headers.size());
  for (std::size_t i = 0; i < headers_.lines.size(); ++i) {
    write_line(request.headers[i], scope, headers_.lines[i]);
  }
}

}  // namespace loadgate::load
