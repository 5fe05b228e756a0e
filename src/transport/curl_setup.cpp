#include "transport/curl_setup.h"

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <new>

namespace loadgate::transport {
namespace {

void start_libcurl_once() {
  [[maybe_unused]] static const CURLcode code = curl_global_init(CURL_GLOBAL_DEFAULT);
  assert(code == CURLE_OK);
}

// With a CA path set, as Debian's default has it, libcurl gives up its cache of trusted
// certificates: 1 MB and 35 ms for each TLS user instead of 120 kB and 2 to 4 ms.
void trust_one_file(CURL* easy, const std::string& ca) {
  const char* file = ca.empty() ? std::getenv("SSL_CERT_FILE") : ca.c_str();
  if (file == nullptr) file = curl_version_info(CURLVERSION_NOW)->cainfo;
  if (file == nullptr) return;
  set(easy, CURLOPT_CAINFO, file);
  set(easy, CURLOPT_CAPATH, static_cast<const char*>(nullptr));
}

void set_trust(CURL* easy, const plan::Tls& tls) {
  set(easy, CURLOPT_SSL_VERIFYPEER, tls.verify ? 1L : 0L);
  set(easy, CURLOPT_SSL_VERIFYHOST, tls.verify ? 2L : 0L);
  if (tls.verify) return trust_one_file(easy, tls.ca);
  set(easy, CURLOPT_CAINFO, static_cast<const char*>(nullptr));
  set(easy, CURLOPT_CAPATH, static_cast<const char*>(nullptr));
}

void set_identity(CURL* easy, const plan::Tls& tls) {
  if (tls.cert.empty()) return;
  set(easy, CURLOPT_SSLCERT, tls.cert.c_str());
  set(easy, CURLOPT_SSLKEY, tls.key.c_str());
  set(easy, CURLOPT_KEYPASSWD, "");  // OpenSSL would ask the terminal for an encrypted key's.
}

void set_way(CURL* easy, const plan::Http& http) {
  set(easy, CURLOPT_PROXY, http.proxy.c_str());
  // Never the environment's; "*" also saves asking for it in each request.
  set(easy, CURLOPT_NOPROXY, http.proxy.empty() ? "*" : "");
  set(easy, CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L);  // The proxy's answers are not the target's.
  // Asked for a whole URL, a proxy would get it by HTTP/1.1.
  if (http.protocol == plan::Protocol::h2c) set(easy, CURLOPT_HTTPPROXYTUNNEL, 1L);
  if (http.unix_socket.empty()) return;
  set(easy, CURLOPT_UNIX_SOCKET_PATH, http.unix_socket.c_str());
}

long version_of(plan::Protocol protocol) {
  switch (protocol) {
    case plan::Protocol::h2:
      return CURL_HTTP_VERSION_2TLS;
    case plan::Protocol::h2c:
      return CURL_HTTP_VERSION_2_PRIOR_KNOWLEDGE;
    case plan::Protocol::h1:
      break;
  }
  return CURL_HTTP_VERSION_1_1;
}

void set_redirects(CURL* easy, unsigned most) {
  if (most == 0) return;
  set(easy, CURLOPT_FOLLOWLOCATION, 1L);
  set(easy, CURLOPT_MAXREDIRS, static_cast<long>(most));
  set(easy, CURLOPT_REDIR_PROTOCOLS_STR, "http,https");
}

// A session of TLS that is taken up again would make the new connection cheaper than a
// stranger's.
void set_new_connections(CURL* easy) {
  set(easy, CURLOPT_FRESH_CONNECT, 1L);
  set(easy, CURLOPT_FORBID_REUSE, 1L);
  set(easy, CURLOPT_SSL_SESSIONID_CACHE, 0L);
}

}  // namespace

Easy make_easy(const plan::Http& http) {
  start_libcurl_once();
  Easy easy(curl_easy_init());
  if (!easy) throw std::bad_alloc();
  set(easy.get(), CURLOPT_NOSIGNAL, 1L);
  set(easy.get(), CURLOPT_PROTOCOLS_STR, "http,https");
  set(easy.get(), CURLOPT_HTTP_VERSION, version_of(http.protocol));
  set_way(easy.get(), http);
  set_trust(easy.get(), http.tls);
  set_identity(easy.get(), http.tls);
  set_redirects(easy.get(), http.redirects);
  if (http.compression) set(easy.get(), CURLOPT_ACCEPT_ENCODING, "");  // All that libcurl knows.
  if (http.connections == plan::Connections::per_request) set_new_connections(easy.get());
  return easy;
}

void set_patience(CURL* easy, Nanoseconds patience) {
  const auto limit = std::chrono::ceil<std::chrono::milliseconds>(patience).count();
  set(easy, CURLOPT_TIMEOUT_MS, std::max<long>(limit, 1));
  set(easy, CURLOPT_QUICK_EXIT, 1L);  // Or the end of a slow look-up would be waited for.
}

StringList make_list(const std::vector<std::string>& texts) {
  StringList list;
  for (const std::string& text : texts) {
    curl_slist* longer = curl_slist_append(list.get(), text.c_str());
    if (longer == nullptr) throw std::bad_alloc();
    [[maybe_unused]] curl_slist* same = list.release();
    list.reset(longer);
  }
  return list;
}

}  // namespace loadgate::transport
