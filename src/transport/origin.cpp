#include "transport/origin.h"

#include <curl/curl.h>

#include <memory>

namespace loadgate::transport {
namespace {

struct FreeUrl {
  void operator()(CURLU* url) const { curl_url_cleanup(url); }
};

std::string part_of(CURLU* url, CURLUPart part) {
  char* text = nullptr;
  if (curl_url_get(url, part, &text, CURLU_DEFAULT_PORT) != CURLUE_OK) return {};
  std::string copy(text);
  curl_free(text);
  return copy;
}

}  // namespace

std::optional<Origin> origin_of(const std::string& text) {
  const std::unique_ptr<CURLU, FreeUrl> url(curl_url());
  const CURLUcode code = curl_url_set(url.get(), CURLUPART_URL, text.c_str(), 0);
  const std::string scheme = code == CURLUE_OK ? part_of(url.get(), CURLUPART_SCHEME) : "";
  if (scheme != "http" && scheme != "https") return std::nullopt;
  return Origin{.host = part_of(url.get(), CURLUPART_HOST),
                .port = part_of(url.get(), CURLUPART_PORT),
                .is_https = scheme == "https"};
}

std::string entry_of(const Origin& origin, const std::vector<std::string>& addresses) {
  std::string entry = origin.place();
  char separator = ':';
  for (const std::string& address : addresses) {
    const bool is_ipv6 = address.find(':') != std::string::npos;
    entry += separator + (is_ipv6 ? "[" + address + "]" : address);
    separator = ',';
  }
  return entry;
}

}  // namespace loadgate::transport
