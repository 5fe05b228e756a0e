#pragma once

// What our servers do alike with libmicrohttpd. Called on the daemon's thread.

#include <microhttpd.h>

#include <cstddef>

#include "server/http_message.h"

namespace loadgate::server {

// Percent-decoding in place, for MHD_OPTION_UNESCAPE_CALLBACK. A "%" before anything but two
// digits stays as it is, so that "slower=20%" can be typed; MHD's own way cuts the text there.
std::size_t unescape(void*, MHD_Connection*, char* text);

void read_query(MHD_Connection* connection, Request& request);

// With its content type; null where memory is short. The caller destroys it.
MHD_Response* message_of(const Response& response);

}  // namespace loadgate::server
