#pragma once

// What every libcurl handle of ours is told, for load and for the preflight alike.

#include <curl/curl.h>

#include <cassert>
#include <memory>
#include <string>
#include <vector>

#include "plan/http.h"

namespace loadgate::transport {

struct FreeEasy {
  void operator()(CURL* easy) const { curl_easy_cleanup(easy); }
};
struct FreeList {
  void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};
using Easy = std::unique_ptr<CURL, FreeEasy>;
using StringList = std::unique_ptr<curl_slist, FreeList>;

// Every option we set exists in every libcurl we build with, so a refusal is our bug.
template <class Value>
void set(CURL* easy, CURLoption option, Value value) {
  [[maybe_unused]] const CURLcode code = curl_easy_setopt(easy, option, value);
  assert(code == CURLE_OK);
}

template <class Value>
Value ask(CURL* easy, CURLINFO info) {
  Value value{};
  curl_easy_getinfo(easy, info, &value);
  return value;
}

// A new handle for http and https that does all that `http` says except for the time
// limit: no signals, no proxies of the environment. Any thread.
Easy make_easy(const plan::Http& http);

// For a whole transfer by curl_easy_perform(), a look-up of names included.
void set_patience(CURL* easy, Nanoseconds patience);

StringList make_list(const std::vector<std::string>& texts);

}  // namespace loadgate::transport
