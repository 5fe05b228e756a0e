#pragma once

// One connection to an origin that is closed again, with or without a request on it: the
// engine of the preflight. Any thread.

#include <curl/curl.h>

#include <string>

#include "transport/curl_transport.h"

namespace loadgate::transport {

enum class Hello {
  handshake,  // Connects and shakes hands.
  request,    // And sends a GET, of whose answer the beginning is read.
};

struct Answer {
  CURLcode code = CURLE_OK;
  int system_error = 0;
  std::string words;          // What went wrong; empty if nothing did.
  std::string address;        // Of the host that was connected to.
  bool is_connected = false;  // All that comes before a request was done.
  bool is_http2 = false;
  int status = 0;
  std::string body;  // Its first 2 kB or so.
};

Answer say_hello(const std::string& url, const Options& options, Hello kind, Nanoseconds patience);

}  // namespace loadgate::transport
