#include "server/http_server.h"

#include <fmt/format.h>
#include <microhttpd.h>
#include <netinet/in.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>
#include <cerrno>
#include <cstring>
#include <optional>
#include <string_view>

#include "server/delay_queue.h"

namespace loadgate::server {
namespace {

constexpr unsigned kMostConnections = 20'000;

// One request on its way; touched by the daemon's thread only.
struct Exchange {
  Request request;
  bool body_is_too_large = false;
  std::optional<Response> response;  // Set once the handler has answered.
};

MHD_Result send(MHD_Connection* connection, const Response& response) {
  MHD_Response* message = MHD_create_response_from_buffer(
      response.body.size(), const_cast<char*>(response.body.data()), MHD_RESPMEM_MUST_COPY);
  if (message == nullptr) return MHD_NO;
  MHD_add_response_header(message, MHD_HTTP_HEADER_CONTENT_TYPE, response.content_type.c_str());
  const MHD_Result queued = MHD_queue_response(connection, response.status, message);
  MHD_destroy_response(message);
  return queued;
}

MHD_Result collect_query(void* into, MHD_ValueKind, const char* name, const char* value) {
  static_cast<Request*>(into)->query.emplace_back(name, value == nullptr ? "" : value);
  return MHD_YES;
}

void collect_body(Exchange& exchange, std::string_view piece) {
  std::string& body = exchange.request.body;
  exchange.body_is_too_large |= piece.size() > HttpServer::kLargestBody - body.size();
  if (!exchange.body_is_too_large) body.append(piece);
}

int hexadecimal(char digit) {
  if (digit >= '0' && digit <= '9') return digit - '0';
  if (digit >= 'a' && digit <= 'f') return digit - 'a' + 10;
  if (digit >= 'A' && digit <= 'F') return digit - 'A' + 10;
  return -1;
}

// Decodes in place. A "%" before anything but two digits stays as it is, so that
// "slower=20%" can be typed; MHD's own way cuts the text there.
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

void on_completed(void*, MHD_Connection*, void** state, MHD_RequestTerminationCode) {
  delete static_cast<Exchange*>(std::exchange(*state, nullptr));
}

Result<int> listen_on(std::uint16_t port) {
  const int listener = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  if (listener < 0) return failure(std::strerror(errno));
  const int yes = 1;
  ::setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (::bind(listener, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0 &&
      ::listen(listener, SOMAXCONN) == 0) {
    return listener;
  }
  const int reason = errno;
  ::close(listener);
  return failure(std::strerror(reason));
}

std::uint16_t port_of(int listener) {
  sockaddr_in address{};
  socklen_t size = sizeof address;
  ::getsockname(listener, reinterpret_cast<sockaddr*>(&address), &size);
  return ntohs(address.sin_port);
}

// Shells hand out 1,024 descriptors for programs that use select(); we do not.
void allow_many_descriptors() {
  rlimit limit{};
  if (::getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
  limit.rlim_cur = limit.rlim_max;
  ::setrlimit(RLIMIT_NOFILE, &limit);
}

}  // namespace

struct HttpServer::Engine {
  explicit Engine(Handler with) : handler(std::move(with)) {}
  ~Engine();

  static MHD_Result on_access(void* engine, MHD_Connection* connection, const char* path,
                              const char* method, const char* version, const char* upload,
                              std::size_t* upload_size, void** state);
  MHD_Result answer(MHD_Connection* connection, Exchange& exchange);
  void delay(MHD_Connection* connection, Nanoseconds time);

  Handler handler;
  DelayQueue delayed;
  MHD_Daemon* daemon = nullptr;
  std::uint16_t port = 0;
};

HttpServer::Engine::~Engine() {
  // MHD may not be stopped while a connection is suspended.
  delayed.finish();
  if (daemon != nullptr) MHD_stop_daemon(daemon);  // Also closes the listening socket.
}

// MHD comes here once with the headers, once for each piece of the body, once behind
// the body, and once more after each resume.
MHD_Result HttpServer::Engine::on_access(void* engine, MHD_Connection* connection, const char* path,
                                         const char* method, const char*, const char* upload,
                                         std::size_t* upload_size, void** state) {
  if (*state == nullptr) {
    auto exchange = std::make_unique<Exchange>();
    exchange->request.method = method;
    exchange->request.path = path;
    *state = exchange.release();  // on_completed deletes it.
    return MHD_YES;
  }
  Exchange& exchange = *static_cast<Exchange*>(*state);
  if (*upload_size > 0) {
    collect_body(exchange, {upload, std::exchange(*upload_size, 0)});
    return MHD_YES;
  }
  return static_cast<Engine*>(engine)->answer(connection, exchange);
}

MHD_Result HttpServer::Engine::answer(MHD_Connection* connection, Exchange& exchange) {
  if (exchange.response) return send(connection, *exchange.response);
  if (exchange.body_is_too_large) {
    return send(connection, {.status = MHD_HTTP_CONTENT_TOO_LARGE,
                             .body = "the body is too large\n",
                             .content_type = "text/plain"});
  }
  MHD_get_connection_values(connection, MHD_GET_ARGUMENT_KIND, collect_query, &exchange.request);
  exchange.response = handler(exchange.request);
  if (exchange.response->service_time <= Nanoseconds::zero()) {
    return send(connection, *exchange.response);
  }
  delay(connection, exchange.response->service_time);
  return MHD_YES;
}

void HttpServer::Engine::delay(MHD_Connection* connection, Nanoseconds time) {
  const TimePoint due = SteadyClock().now() + time;
  MHD_suspend_connection(connection);
  const bool is_kept = delayed.add(due, [connection] { MHD_resume_connection(connection); });
  if (!is_kept) MHD_resume_connection(connection);
}

HttpServer::HttpServer(std::unique_ptr<Engine> engine) : engine_(std::move(engine)) {}

HttpServer::~HttpServer() = default;

std::uint16_t HttpServer::port() const { return engine_->port; }

Result<std::unique_ptr<HttpServer>> HttpServer::start(std::uint16_t port, Handler handler) {
  allow_many_descriptors();
  const Result<int> listener = listen_on(port);
  if (!listener) {
    return failure(listener.error().during(fmt::format("cannot listen on 127.0.0.1:{}", port)));
  }
  auto engine = std::make_unique<Engine>(std::move(handler));
  engine->port = port_of(*listener);
  engine->daemon = MHD_start_daemon(
      MHD_USE_EPOLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME, 0, nullptr, nullptr,
      &Engine::on_access, engine.get(), MHD_OPTION_LISTEN_SOCKET, *listener,
      MHD_OPTION_CONNECTION_LIMIT, kMostConnections, MHD_OPTION_UNESCAPE_CALLBACK, &unescape,
      nullptr, MHD_OPTION_NOTIFY_COMPLETED, &on_completed, nullptr, MHD_OPTION_END);
  if (engine->daemon == nullptr) {
    ::close(*listener);
    return failure("cannot start the built-in HTTP server");
  }
  return std::unique_ptr<HttpServer>(new HttpServer(std::move(engine)));
}

}  // namespace loadgate::server
