#pragma once

// libcurl's failures in our words. Pure functions.

#include <curl/curl.h>

#include <string>
#include <string_view>

#include "transport/transport.h"

namespace loadgate::transport {

// `system_error` is the errno of the failed socket or connect call, 0 where there was
// none; `words` what libcurl said.
Outcome outcome_of(CURLcode code, int system_error, std::string_view words);

// One sentence: libcurl's words, or the system's where those say more.
std::string detail_of(CURLcode code, int system_error, std::string_view words);

}  // namespace loadgate::transport
