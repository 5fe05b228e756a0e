#include "transport/hello.h"

#include <array>

#include "transport/curl_outcome.h"
#include "transport/curl_setup.h"

namespace loadgate::transport {
namespace {

// More than the pages in which servers say what they miss.
constexpr std::size_t kEnough = 2048;

std::size_t receive(char* data, std::size_t, std::size_t size, void* body) {
  auto& text = *static_cast<std::string*>(body);
  text.append(data, size);
  return text.size() < kEnough ? size : CURL_WRITEFUNC_ERROR;
}

void fill_from(CURL* easy, Answer& answer) {
  if (const char* address = ask<char*>(easy, CURLINFO_PRIMARY_IP)) answer.address = address;
  answer.system_error = static_cast<int>(ask<long>(easy, CURLINFO_OS_ERRNO));
  answer.is_connected = ask<curl_off_t>(easy, CURLINFO_PRETRANSFER_TIME_T) > 0;
  answer.is_http2 = ask<long>(easy, CURLINFO_HTTP_VERSION) == CURL_HTTP_VERSION_2_0;
  answer.status = static_cast<int>(ask<long>(easy, CURLINFO_RESPONSE_CODE));
}

}  // namespace

Answer say_hello(const std::string& url, const Options& options, Hello kind, Nanoseconds patience) {
  const StringList addresses = make_list(options.addresses);
  const Easy easy = make_easy(options.http);
  std::array<char, CURL_ERROR_SIZE> words{};
  Answer answer;
  set(easy.get(), CURLOPT_ERRORBUFFER, words.data());
  set(easy.get(), CURLOPT_URL, url.c_str());
  set(easy.get(), CURLOPT_RESOLVE, addresses.get());
  set(easy.get(), CURLOPT_FOLLOWLOCATION, 0L);
  set(easy.get(), CURLOPT_CONNECT_ONLY, kind == Hello::handshake ? 1L : 0L);
  set(easy.get(), CURLOPT_WRITEFUNCTION, &receive);
  set(easy.get(), CURLOPT_WRITEDATA, static_cast<void*>(&answer.body));
  set_patience(easy.get(), patience);

  answer.code = curl_easy_perform(easy.get());
  if (answer.code == CURLE_WRITE_ERROR && answer.body.size() >= kEnough) answer.code = CURLE_OK;
  fill_from(easy.get(), answer);
  answer.words = detail_of(answer.code, answer.system_error, words.data());
  return answer;
}

}  // namespace loadgate::transport
