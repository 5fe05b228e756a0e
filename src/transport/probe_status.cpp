// Whether a service is ready: one request, and nothing of it kept.

#include <fmt/format.h>

#include <array>
#include <cerrno>

#include "base/units.h"
#include "transport/curl_outcome.h"
#include "transport/curl_setup.h"
#include "transport/curl_transport.h"

namespace loadgate::transport {
namespace {

std::size_t drop(char*, std::size_t, std::size_t size, void*) { return size; }

std::string why_none(CURL* easy, CURLcode code, const char* words, Nanoseconds patience) {
  const int system_error = static_cast<int>(ask<long>(easy, CURLINFO_OS_ERRNO));
  if (code == CURLE_COULDNT_CONNECT && system_error == ECONNREFUSED) {
    return "nothing listens there (connection refused)";
  }
  if (code == CURLE_OPERATION_TIMEDOUT) {
    return fmt::format("no answer within {}", format_duration(patience));
  }
  return detail_of(code, system_error, words);
}

}  // namespace

Result<int> probe_status(const std::string& url, const Options& options, Nanoseconds patience) {
  const StringList addresses = make_list(options.addresses);
  const Easy easy = make_easy(options.http);
  std::array<char, CURL_ERROR_SIZE> words{};
  set(easy.get(), CURLOPT_ERRORBUFFER, words.data());
  set(easy.get(), CURLOPT_URL, url.c_str());
  set(easy.get(), CURLOPT_RESOLVE, addresses.get());
  set(easy.get(), CURLOPT_WRITEFUNCTION, &drop);
  set(easy.get(), CURLOPT_FORBID_REUSE, 1L);  // libcurl 7.88 fails to reuse what speaks h2c.
  set_patience(easy.get(), patience);

  const CURLcode code = curl_easy_perform(easy.get());
  if (code != CURLE_OK) return failure(why_none(easy.get(), code, words.data(), patience));
  return static_cast<int>(ask<long>(easy.get(), CURLINFO_RESPONSE_CODE));
}

}  // namespace loadgate::transport
