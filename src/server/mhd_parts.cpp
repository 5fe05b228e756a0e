#include "server/mhd_parts.h"

namespace loadgate::server {
namespace {

int hexadecimal(char digit) {
  if (digit >= '0' && digit <= '9') return digit - '0';
  if (digit >= 'a' && digit <= 'f') return digit - 'a' + 10;
  if (digit >= 'A' && digit <= 'F') return digit - 'A' + 10;
  return -1;
}

MHD_Result collect_query(void* into, MHD_ValueKind, const char* name, const char* value) {
  static_cast<Request*>(into)->query.emplace_back(name, value == nullptr ? "" : value);
  return MHD_YES;
}

}  // namespace

std::size_t unescape(void*, MHD_Connection*, char* text) {
  char* write = text;
  for (const char* read = text; *read != '\0'; ++read) {
    const int high = *read == '%' ? hexadecimal(read[1]) : -1;
    const int low = high >= 0 ? hexadecimal(read[2]) : -1;
    const bool is_escaped = low >= 0;
    *write++ = is_escaped ? static_cast<char>(high * 16 + low) : *read;
    if (is_escaped) read += 2;
  }
  *write = '\0';
  return static_cast<std::size_t>(write - text);
}

void read_query(MHD_Connection* connection, Request& request) {
  MHD_get_connection_values(connection, MHD_GET_ARGUMENT_KIND, collect_query, &request);
}

MHD_Response* message_of(const Response& response) {
  MHD_Response* message = MHD_create_response_from_buffer(
      response.body.size(), const_cast<char*>(response.body.data()), MHD_RESPMEM_MUST_COPY);
  if (message == nullptr) return nullptr;
  MHD_add_response_header(message, MHD_HTTP_HEADER_CONTENT_TYPE, response.content_type.c_str());
  return message;
}

}  // namespace loadgate::server
