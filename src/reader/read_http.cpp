#include "reader/read_http.h"

#include <fmt/format.h>

#include "reader/key_tables.h"
#include "reader/named_file.h"
#include "reader/url.h"
#include "reader/values.h"

namespace loadgate::reader {
namespace {

using plan::Http;

struct TlsDraft {
  plan::Tls& tls;
  const Entry* cert = nullptr;
  const Entry* key = nullptr;
};

void read_verify(const Field& field, TlsDraft& draft) {
  draft.tls.verify = read_bool(field).value_or(true);
}

// Only its path is kept, but a file that is not there is found before the run.
std::string path_of_file(const Field& field) {
  auto file = read_named_file(field);
  return file ? std::move(file->path) : std::string();
}

void read_ca(const Field& field, TlsDraft& draft) { draft.tls.ca = path_of_file(field); }

void read_cert(const Field& field, TlsDraft& draft) {
  draft.cert = &field.entry;
  draft.tls.cert = path_of_file(field);
}

void read_key(const Field& field, TlsDraft& draft) {
  draft.key = &field.entry;
  draft.tls.key = path_of_file(field);
}

constexpr std::array<Key<TlsDraft>, 4> kTlsKeys{{
    {{"verify", "true or false", "true", "Whether the server's certificate must be valid.",
      "verify: false"},
     read_verify},
    {{"ca", "a path of a file", "the system's", "Certificates (PEM) that are trusted instead.",
      "ca: ca.pem"},
     read_ca},
    {{"cert", "a path of a file", "", "The client's own certificate (PEM), with `key`.",
      "cert: me.pem"},
     read_cert},
    {{"key", "a path of a file", "", "The key (PEM) of the client's certificate.", "key: me.key"},
     read_key},
}};

void read_tls(const Field& field, Http& http) {
  TlsDraft draft{http.tls};
  if (!read_object(field.value(), "\"tls\"", kTlsKeys, draft, field.draft)) return;
  if ((draft.cert == nullptr) == (draft.key == nullptr)) return;
  const Entry& given = draft.cert != nullptr ? *draft.cert : *draft.key;
  const std::string_view missing = draft.cert != nullptr ? "key" : "cert";
  field.draft.problems.add(given.key_span, fmt::format("\"{}\" needs \"{}\"", given.key, missing),
                           "the client's certificate and its key go together");
}

constexpr std::array<Choice<plan::Protocol>, 3> kProtocols{
    {{"h1", plan::Protocol::h1}, {"h2", plan::Protocol::h2}, {"h2c", plan::Protocol::h2c}}};

void read_protocol(const Field& field, Http& http) {
  http.protocol = read_choice(field, kProtocols).value_or(plan::Protocol::h1);
  const std::string& target = field.draft.plan.target;
  if (target.empty()) return;  // Which is said already.
  if (std::string wrong = wrong_with_protocol(http.protocol, target); !wrong.empty()) {
    field.complain(std::move(wrong), fmt::format("the target is {}", origin_of(target)));
  }
}

void read_timeout(const Field& field, Http& http) {
  if (const auto timeout = read_positive_duration(field)) http.timeout = *timeout;
}

void read_headers(const Field& field, Http&) {
  if (expect(field, YamlNode::Kind::map)) field.draft.common_headers = &field.value();
}

void read_redirects(const Field& field, Http& http) {
  http.redirects = read_whole_number(field, 0, 50).value_or(0);
}

void read_compression(const Field& field, Http& http) {
  http.compression = read_bool(field).value_or(false);
}

constexpr std::array<Choice<plan::Connections>, 2> kConnections{
    {{"per_user", plan::Connections::per_user}, {"per_request", plan::Connections::per_request}}};

void read_connections(const Field& field, Http& http) {
  http.connections = read_choice(field, kConnections).value_or(plan::Connections::per_user);
}

void read_proxy(const Field& field, Http& http) {
  const auto text = read_text(field);
  if (!text) return;
  auto proxy = parse_proxy(*text);
  if (proxy) {
    http.proxy = std::move(*proxy);
  } else {
    field.complain(std::move(proxy.error().text), std::move(proxy.error().hint));
  }
}

void read_unix_socket(const Field& field, Http& http) {
  http.unix_socket = read_path(field).value_or("");
  if (http.proxy.empty()) return;
  field.draft.problems.add(field.entry.key_span,
                           "requests go either through a proxy or a Unix socket");
}

constexpr std::array<Key<Http>, 9> kHttpKeys{{
    {{"protocol", "one of h1, h2, h2c", "h1",
      "HTTP/1.1, HTTP/2 over TLS, or HTTP/2 without TLS (prior knowledge).", "protocol: h2"},
     read_protocol},
    {{"timeout", "a duration", "10s", "How long one request may take, connecting included.",
      "timeout: 10s"},
     read_timeout},
    {{"headers", "a map of names and texts", "", "Headers that every request sends.",
      "headers: { Accept: application/json }"},
     read_headers},
    {{"redirects", "a whole number", "0", "How many redirects of a request are followed at most.",
      "redirects: 5"},
     read_redirects},
    {{"compression", "true or false", "false",
      "Whether answers may come compressed; they are decoded.", "compression: true"},
     read_compression},
    {{"connections", "one of per_user, per_request", "per_user",
      "Whether each user keeps its connections, as browsers do, or each request makes a new one.",
      "connections: per_request"},
     read_connections},
    {{"tls", "a map", "", "How HTTPS is done.", "tls: { verify: false }"}, read_tls},
    {{"proxy", "a URL", "", "The HTTP proxy that requests go through.",
      "proxy: http://127.0.0.1:3128"},
     read_proxy},
    {{"unix_socket", "a path of a socket", "", "The Unix socket that requests go through.",
      "unix_socket: /run/app.sock"},
     read_unix_socket},
}};

}  // namespace

std::string wrong_with_protocol(plan::Protocol protocol, std::string_view origin) {
  const bool is_https = origin.starts_with("https:");
  if (protocol == plan::Protocol::h2 && !is_https)
    return "h2 needs https://; without TLS it is h2c";
  if (protocol == plan::Protocol::h2c && is_https) return "h2c needs http://; over TLS it is h2";
  return {};
}

void read_http(const Field& field, Draft& draft) {
  read_object(field.value(), "\"http\"", kHttpKeys, draft.plan.http, draft);
}

KeyTexts http_keys() { return texts_of(kHttpKeys); }
KeyTexts tls_keys() { return texts_of(kTlsKeys); }

}  // namespace loadgate::reader
