#pragma once

// Who may ask the live page what. On a loopback address whoever is on this machine may: a
// request must name this machine as its host, so that no web page that had its name
// resolved to 127.0.0.1 (DNS rebinding) reads along. On other addresses a token must be
// known. Immutable, any thread.

#include <optional>
#include <string>
#include <string_view>

#include "server/endpoint.h"
#include "server/event_server.h"

namespace loadgate::live {

class Door {
 public:
  // `token`: empty on a loopback address.
  Door(bool is_loopback, std::string token) : is_loopback_(is_loopback), token_(std::move(token)) {}
  static Door of(const server::Endpoint& endpoint);  // With a token of its own where one is needed.

  const std::string& token() const { return token_; }

  // Why this request is refused; nothing where it is welcome.
  std::optional<std::string> refuses(const server::EventServer::Asked& asked) const;
  // Whether a page of ours asks, and no other site through its visitor's browser.
  static bool is_from_our_page(const server::EventServer::Asked& asked);

 private:
  bool is_loopback_;
  std::string token_;
};

// Whether both are the same, in a time that says nothing of where they differ.
bool is_same_secret(std::string_view one, std::string_view other);

}  // namespace loadgate::live
