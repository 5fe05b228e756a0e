#include "reader/load_hash.h"

#include <fmt/format.h>

#include "reader/url.h"

namespace loadgate::reader {
namespace {

// Each piece carries its length, so that no two lists of pieces give one text.
void put(std::string_view text, std::string& out) {
  out += fmt::format("{}:{} ", text.size(), text);
}

void put(const YamlNode& node, std::string& out) {
  if (node.kind == YamlNode::Kind::scalar) out += node.is_plain ? "plain " : "quoted ";
  put(std::string_view(node.written), out);
  out += fmt::format("[{} {} ", node.items.size(), node.entries.size());
  for (const YamlNode& item : node.items) put(item, out);
  for (const Entry& entry : node.entries) {
    put(std::string_view(entry.key), out);
    put(entry.value, out);
  }
  out += "] ";
}

void put(std::string_view what, const YamlNode* node, std::string& out) {
  if (node == nullptr) return;
  put(what, out);
  put(*node, out);
}

const YamlNode* value_of(const Entry* entry) { return entry == nullptr ? nullptr : &entry->value; }

// How the wire is used, as far as it is not as usual. Proxies, sockets and certificates
// belong to the place where the service runs.
void put(const plan::Http& http, std::string& out) {
  if (http.protocol != plan::Protocol::h1)
    out += fmt::format("protocol {} ", static_cast<int>(http.protocol));
  if (http.redirects > 0) out += fmt::format("redirects {} ", http.redirects);
  if (http.compression) out += "compression ";
  if (http.connections == plan::Connections::per_request) out += "connection per request ";
  out += fmt::format("timeout {}", http.timeout.count());
}

}  // namespace

std::string load_text_of(const Item& item, const Draft& draft) {
  std::string out;
  const MethodLine& line = item.methods.front();
  put(plan::name_of(line.method), out);
  put(without_origin(line.entry->value.written), out);
  put("query", value_of(item.query), out);
  put("common headers", draft.common_headers, out);
  put("headers", value_of(item.headers), out);
  put("json", value_of(item.json), out);
  put("form", value_of(item.form), out);
  put("body", value_of(item.body), out);
  put("file", value_of(item.file), out);
  put("multipart", value_of(item.multipart), out);
  put("auth", value_of(item.auth), out);
  put("capture", value_of(item.capture), out);
  put("expect", value_of(item.expect), out);
  put(draft.plan.http, out);
  return out;
}

}  // namespace loadgate::reader
