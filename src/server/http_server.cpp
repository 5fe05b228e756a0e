#include "server/http_server.h"

#include <microhttpd.h>
#include <sys/resource.h>
#include <unistd.h>
#include <optional>
#include <string_view>
#include <utility>

#include "server/delay_queue.h"
#include "server/endpoint.h"
#include "server/mhd_parts.h"

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
  MHD_Response* message = message_of(response);
  if (message == nullptr) return MHD_NO;
  const MHD_Result queued = MHD_queue_response(connection, response.status, message);
  MHD_destroy_response(message);
  return queued;
}

void collect_body(Exchange& exchange, std::string_view piece) {
  std::string& body = exchange.request.body;
  exchange.body_is_too_large |= piece.size() > HttpServer::kLargestBody - body.size();
  if (!exchange.body_is_too_large) body.append(piece);
}

void on_completed(void*, MHD_Connection*, void** state, MHD_RequestTerminationCode) {
  delete static_cast<Exchange*>(std::exchange(*state, nullptr));
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
  read_query(connection, exchange.request);
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
  const Endpoint endpoint{.port = port};
  const Result<int> listener = listen_on(endpoint);
  if (!listener) {
    return failure(listener.error().during("cannot listen on " + endpoint.text()));
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
