#pragma once

// One user's libcurl handle with cookies, TLS sessions and connections of its own, and
// the exchange it is busy with. Turns an Exchange into options and libcurl's answers
// back into the Exchange. Used by CurlTransport alone, on the worker's thread.

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>

#include "transport/curl_setup.h"
#include "transport/header_list.h"
#include "transport/poller.h"
#include "transport/transport.h"

namespace loadgate::transport {

// What all channels of a transport share.
struct Loop {
  plan::Http http;
  std::unique_ptr<Poller> poller;
  SteadyClock clock;
  // When the sockets that are being handled were found ready, or start() was called.
  TimePoint turn;
  // By BodyHeaders, for HeaderLines that are constant.
  std::unordered_map<const HeaderLines*, std::array<HeaderList, 2>> constant_headers;
};

class CurlChannel final : public Channel {
 public:
  // `addresses` as CURLOPT_RESOLVE takes them; both outlive the channel.
  CurlChannel(Loop& loop, curl_slist* addresses);
  ~CurlChannel() override;
  CurlChannel(const CurlChannel&) = delete;
  CurlChannel& operator=(const CurlChannel&) = delete;

  static CurlChannel& of(CURL* easy);
  CURL* easy() const { return easy_.get(); }
  bool is_in_flight() const { return exchange_ != nullptr; }

  // After begin() the handle is ready to be added to the multi handle.
  void begin(Exchange& exchange, TimePoint now);
  // Whether an exchange that libcurl gave up deserves one more try on a new connection;
  // then the handle is ready to be added again. To be called in end()'s place.
  bool begins_again(CURLcode code);
  // libcurl waits for nothing but an answer.
  void now_awaits_answer();
  // To be called once the handle is out of the multi handle. The exchange is the
  // caller's again.
  Exchange& end(CURLcode code);
  Exchange& end_cancelled(TimePoint now);

  std::size_t index = 0;  // Where CurlTransport keeps it.

 private:
  struct FreeShare {
    void operator()(CURLSH* share) const { curl_share_cleanup(share); }
  };

  static curl_socket_t open_socket(void* self, curlsocktype purpose, curl_sockaddr* address);
  static int close_socket(void* self, curl_socket_t socket);
  static std::size_t receive_head(char* data, std::size_t, std::size_t size, void* self);
  static std::size_t receive_body(char* data, std::size_t, std::size_t size, void* self);

  void set_callbacks();
  void set_url();
  void set_method(bool has_fields);
  void set_headers(bool has_fields);
  void set_timeout(Nanoseconds whole);
  void expect_kept_connection(bool is_expected);
  void return_to_kept_connections();
  void keep_from_switching_twice(bool is_redirected);
  HeaderList& headers_for(const HeaderLines& lines, BodyHeaders body);

  void keep(std::string_view body);
  void note_first_byte();
  void prepare_redirect();
  void fill_failure(CURLcode code);
  std::string detail_for(CURLcode code, int system_error) const;
  void fill_moments(TimePoint finished);
  void fill_way();
  void fill_connecting();
  void fill_written();
  void fill_sizes();
  bool is_body_sent_apart() const;
  bool gives_up_upload();
  std::uint64_t uploaded() const;
  TimePoint end_of_answer() const;
  TimePoint after(CURLINFO time) const;
  Exchange& release();

  Loop& loop_;
  std::unique_ptr<CURLSH, FreeShare> share_;
  Easy easy_;

  // What the handle was told last, to tell it only what changes.
  std::string url_;
  std::optional<plan::Method> method_ = plan::Method::get;  // None: libcurl's own choice.
  bool has_fields_ = false;
  const HeaderLines* constant_lines_ = nullptr;
  long timeout_ = 0;           // Milliseconds, as libcurl takes it.
  bool expects_kept_ = false;  // Only where libcurl must be told; see curl_channel_http2.cpp.
  bool wants_fresh_ = false;
  HeaderList changing_headers_;

  Exchange* exchange_ = nullptr;
  TimePoint tried_;            // What libcurl's times count from.
  TimePoint sent_again_in_;    // The turn in which a redirect or a second try began.
  bool was_answered_ = false;  // The exchange before was.
  bool is_second_try_ = false;
  bool is_upload_given_up_ = false;
  std::uint64_t head_bytes_ = 0;
  std::uint64_t redirected_upload_ = 0;  // Bodies sent apart to where a redirect came from.
  bool head_ended_ = false;
  bool kept_died_ = false;
  int opened_ = 0;        // Sockets, in this exchange.
  int socket_error_ = 0;  // errno of a socket that could not be had.
  std::array<char, CURL_ERROR_SIZE> words_{};
};

}  // namespace loadgate::transport
