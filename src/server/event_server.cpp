#include "server/event_server.h"

#include <microhttpd.h>
#include <unistd.h>

#include <atomic>
#include <mutex>
#include <string_view>

#include "server/event_feed.h"
#include "server/mhd_parts.h"

namespace loadgate::server {
namespace {

constexpr unsigned kMostConnections = 64;
constexpr unsigned kPatienceSeconds = 60;  // With a connection that takes or says nothing.
constexpr std::size_t kPiece = std::size_t{16} * 1024;

// One request on its way; the daemon's thread only.
struct Exchange {
  EventServer::Asked asked;
  std::function<void(bool)> gone;
};

std::string header_of(MHD_Connection* connection, const char* name) {
  const char* value = MHD_lookup_connection_value(connection, MHD_HEADER_KIND, name);
  return value == nullptr ? "" : value;
}

void on_completed(void*, MHD_Connection*, void** state, MHD_RequestTerminationCode how) {
  const std::unique_ptr<Exchange> exchange(static_cast<Exchange*>(std::exchange(*state, nullptr)));
  if (exchange && exchange->gone) exchange->gone(how == MHD_REQUEST_TERMINATED_COMPLETED_OK);
}

}  // namespace

struct EventServer::Engine {
  // One reader; the daemon's thread only.
  struct Stream {
    Engine* engine;
    MHD_Connection* connection;
    EventFeed::Cursor cursor{};
    EventFeed::Text text = std::make_shared<const std::string>();
    std::size_t sent = 0;  // Of the text.
  };

  explicit Engine(Terms with) : terms(std::move(with)) {}
  ~Engine();

  static MHD_Result on_access(void* engine, MHD_Connection* connection, const char* path,
                              const char* method, const char* version, const char* upload,
                              std::size_t* upload_size, void** state);
  static ssize_t on_read(void* stream, std::uint64_t position, char* into, std::size_t most);
  static void on_stream_gone(void* stream);

  MHD_Result answer(MHD_Connection* connection, Exchange& exchange);
  MHD_Response* stream_for(MHD_Connection* connection);
  EventFeed::Next refill(Stream& stream);
  void tell_readers(const std::function<void()>& change);

  Terms terms;
  std::atomic<std::size_t> streams{0};
  MHD_Daemon* daemon = nullptr;
  std::uint16_t port = 0;

  std::mutex mutex;  // Of what follows.
  EventFeed feed;
  std::vector<MHD_Connection*> waiting;  // Suspended until there is more.
  bool is_ending = false;
};

EventServer::Engine::~Engine() {
  // MHD may not be stopped while a connection is suspended.
  tell_readers([this] { is_ending = true; });
  if (daemon != nullptr) MHD_stop_daemon(daemon);  // Also closes the listening socket.
}

// MHD comes here once with the headers, once for each piece of a body, once behind it.
MHD_Result EventServer::Engine::on_access(void* engine, MHD_Connection* connection,
                                          const char* path, const char* method, const char*,
                                          const char*, std::size_t* upload_size, void** state) {
  if (*state == nullptr) {
    auto exchange = std::make_unique<Exchange>();
    exchange->asked.request.method = method;
    exchange->asked.request.path = path;
    *state = exchange.release();  // on_completed deletes it.
    return MHD_YES;
  }
  if (*upload_size > 0) {
    *upload_size = 0;
    return MHD_YES;
  }
  return static_cast<Engine*>(engine)->answer(connection, *static_cast<Exchange*>(*state));
}

MHD_Result EventServer::Engine::answer(MHD_Connection* connection, Exchange& exchange) {
  read_query(connection, exchange.asked.request);
  exchange.asked.host = header_of(connection, MHD_HTTP_HEADER_HOST);
  exchange.asked.origin = header_of(connection, MHD_HTTP_HEADER_ORIGIN);
  Answer answer = terms.handler(exchange.asked);
  MHD_Response* message = answer.is_stream ? stream_for(connection) : message_of(answer.response);
  if (message == nullptr) return MHD_NO;
  for (const auto& [name, value] : answer.headers) {
    MHD_add_response_header(message, name.c_str(), value.c_str());
  }
  exchange.gone = std::move(answer.gone);
  const MHD_Result queued = MHD_queue_response(connection, answer.response.status, message);
  MHD_destroy_response(message);
  return queued;
}

MHD_Response* EventServer::Engine::stream_for(MHD_Connection* connection) {
  auto stream = std::make_unique<Stream>(Stream{.engine = this, .connection = connection});
  MHD_Response* message = MHD_create_response_from_callback(MHD_SIZE_UNKNOWN, kPiece, &on_read,
                                                            stream.get(), &on_stream_gone);
  if (message == nullptr) return nullptr;
  static_cast<void>(stream.release());  // on_stream_gone deletes it.
  ++streams;
  MHD_add_response_header(message, MHD_HTTP_HEADER_CONTENT_TYPE, "text/event-stream");
  return message;
}

void EventServer::Engine::on_stream_gone(void* stream) {
  const std::unique_ptr<Stream> gone(static_cast<Stream*>(stream));
  --gone->engine->streams;
}

ssize_t EventServer::Engine::on_read(void* reader, std::uint64_t, char* into, std::size_t most) {
  Stream& stream = *static_cast<Stream*>(reader);
  if (stream.sent == stream.text->size()) {
    const EventFeed::Next next = stream.engine->refill(stream);
    if (next == EventFeed::Next::nothing_yet) return 0;
    if (next == EventFeed::Next::over) return MHD_CONTENT_READER_END_OF_STREAM;
  }
  const std::size_t size = stream.text->copy(into, most, stream.sent);
  stream.sent += size;
  return static_cast<ssize_t>(size);
}

EventFeed::Next EventServer::Engine::refill(Stream& stream) {
  std::unique_lock lock(mutex);
  const EventFeed::Next next = feed.next(stream.cursor, stream.text);
  if (next == EventFeed::Next::nothing_yet) {
    if (is_ending) return EventFeed::Next::over;
    // Under the lock, so that whoever publishes next finds it suspended.
    MHD_suspend_connection(stream.connection);
    waiting.push_back(stream.connection);
    return next;
  }
  lock.unlock();
  if (next == EventFeed::Next::picture) {
    stream.text = std::make_shared<const std::string>(terms.picture());
  }
  stream.sent = 0;
  return next;
}

void EventServer::Engine::tell_readers(const std::function<void()>& change) {
  std::vector<MHD_Connection*> told;
  {
    const std::lock_guard lock(mutex);
    change();
    std::swap(told, waiting);
  }
  for (MHD_Connection* connection : told) MHD_resume_connection(connection);
}

EventServer::EventServer(std::unique_ptr<Engine> engine) : engine_(std::move(engine)) {}

EventServer::~EventServer() = default;

std::uint16_t EventServer::port() const { return engine_->port; }

std::size_t EventServer::streams() const { return engine_->streams; }

void EventServer::publish(std::string event) {
  engine_->tell_readers([&] {
    if (!engine_->feed.is_closed()) engine_->feed.publish(std::move(event));
  });
}

void EventServer::close() {
  engine_->tell_readers([&] { engine_->feed.close(); });
}

Result<std::unique_ptr<EventServer>> EventServer::start(Terms terms) {
  const Result<int> listener = listen_on(terms.endpoint);
  if (!listener) return failure(listener.error());
  auto engine = std::make_unique<Engine>(std::move(terms));
  engine->port = port_of(*listener);
  engine->daemon = MHD_start_daemon(
      MHD_USE_EPOLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME, 0, nullptr, nullptr,
      &Engine::on_access, engine.get(), MHD_OPTION_LISTEN_SOCKET, *listener,
      MHD_OPTION_CONNECTION_LIMIT, kMostConnections, MHD_OPTION_CONNECTION_TIMEOUT,
      kPatienceSeconds, MHD_OPTION_UNESCAPE_CALLBACK, &unescape, nullptr,
      MHD_OPTION_NOTIFY_COMPLETED, &on_completed, nullptr, MHD_OPTION_END);
  if (engine->daemon == nullptr) {
    ::close(*listener);
    return failure("the HTTP server does not start");
  }
  return std::unique_ptr<EventServer>(new EventServer(std::move(engine)));
}

std::string event_text(std::string_view name, std::string_view data) {
  std::string text = "event: ";
  text.append(name).append("\ndata: ").append(data).append("\n\n");
  return text;
}

}  // namespace loadgate::server
