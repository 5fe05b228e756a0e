#include "live/live_page.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "base/text.h"
#include "embedded_pages.h"
#include "process/signals.h"

namespace loadgate::live {
namespace {

constexpr std::size_t kNotes = 5;
constexpr Nanoseconds kGlance = std::chrono::milliseconds(50);

// Nothing from elsewhere, no frame of another site around it, no copy left behind.
constexpr const char* kPolicy =
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
// The report brings its own rules, which allow it no network.
constexpr const char* kPolicyOfReport = "frame-ancestors 'none'";

server::EventServer::Answer answer_with(unsigned status, std::string body, const char* type,
                                        const char* policy = kPolicy) {
  return {.response = {.status = status, .body = std::move(body), .content_type = type},
          .headers = {{"Content-Security-Policy", policy},
                      {"X-Content-Type-Options", "nosniff"},
                      {"Referrer-Policy", "same-origin"},
                      {"Cache-Control", "no-store"}}};
}

server::EventServer::Answer words(unsigned status, std::string text) {
  return answer_with(status, std::move(text), "text/plain; charset=utf-8");
}

// What listens everywhere is reached from here, too.
std::string reachable_host(const std::string& host) {
  if (host == "0.0.0.0") return "127.0.0.1";
  return host == "::" ? "::1" : host;
}

bool is_page(const server::Request& request) {
  return std::ranges::any_of(request.query, [](const auto& one) { return one.first == "page"; });
}

// What the page consists of; no secrets, so no token is asked for.
std::optional<server::EventServer::Answer> part_of_page(const std::string& path) {
  const auto part = [](std::string_view name, const char* type) {
    return answer_with(200, std::string(embedded::pages(name)), type);
  };
  if (path == "/palette.css") return part("palette.css", "text/css; charset=utf-8");
  if (path == "/live.css") return part("live.css", "text/css; charset=utf-8");
  if (path == "/live.js") return part("live.js", "text/javascript; charset=utf-8");
  if (path == "/live_charts.js") return part("live_charts.js", "text/javascript; charset=utf-8");
  return std::nullopt;
}

}  // namespace

Result<std::unique_ptr<LivePage>> LivePage::open(const server::Endpoint& endpoint, Outline outline,
                                                 std::function<void()> stop) {
  std::unique_ptr<LivePage> page(new LivePage(endpoint, std::move(outline), std::move(stop)));
  const process::SignalsBlocked blocked;      // They are the main thread's.
  const std::lock_guard whole(page->mutex_);  // Who asks meanwhile waits for it.
  auto server = server::EventServer::start(
      {.endpoint = endpoint,
       .handler = [page = page.get()](const Asked& asked) { return page->answer(asked); },
       .picture = [page = page.get()] { return page->picture(); }});
  if (!server) {
    return failure(server.error().during("cannot open the live page on " + endpoint.text()));
  }
  page->server_ = std::move(*server);
  return page;
}

LivePage::LivePage(const server::Endpoint& endpoint, Outline outline, std::function<void()> stop)
    : endpoint_(endpoint),
      door_(Door::of(endpoint)),
      outline_(std::move(outline)),
      stop_(std::move(stop)),
      so_far_(outline_.names.size()) {}

LivePage::~LivePage() = default;

std::string LivePage::url() const {
  const server::Endpoint reachable{reachable_host(endpoint_.host), server_->port()};
  const std::string& token = door_.token();
  return "http://" + reachable.text() + "/" + (token.empty() ? "" : "?token=" + token);
}

void LivePage::progress(const load::Progress& now) {
  std::string event;
  {
    const std::lock_guard lock(mutex_);
    so_far_.add(now);
    // Who comes right now gets a picture with all of it.
    if (server_->streams() > 0) event = second_event(so_far_);
  }
  if (!event.empty()) server_->publish(std::move(event));
}

void LivePage::note(const std::string& line) {
  const std::string shown = printable(line);
  {
    const std::lock_guard lock(mutex_);
    standing_.notes.push_back(shown);
    if (standing_.notes.size() > kNotes) standing_.notes.erase(standing_.notes.begin());
  }
  server_->publish(note_event(shown));
}

void LivePage::end(End end) {
  const std::string event = end_event(end);
  {
    const std::lock_guard lock(mutex_);
    standing_.end = std::move(end);
  }
  server_->publish(event);
  server_->close();
}

void LivePage::wait_for_readers(Nanoseconds patience, const std::function<bool()>& is_enough) {
  const SteadyClock clock;
  const TimePoint until = clock.now() + patience;
  std::unique_lock lock(mutex_);
  // A signal's handler may wake nobody, so it is looked for.
  while (readers_ > 0 && !is_enough() && clock.now() < until) served_.wait_for(lock, kGlance);
}

void LivePage::stream_is_over(bool is_whole, bool is_page) {
  {
    const std::lock_guard lock(mutex_);
    const bool has_report = standing_.end && !standing_.end->report_html.empty();
    if (is_whole && is_page && has_report) return;  // It comes back for that.
  }
  reader_is_served();
}

void LivePage::reader_is_served() {
  const std::lock_guard lock(mutex_);
  readers_ = std::max(0, readers_ - 1);  // Whoever asks for the report alone was never counted.
  served_.notify_all();
}

std::string LivePage::picture() {
  const std::lock_guard lock(mutex_);
  // A page that lost us comes back after a second.
  return "retry: 1000\n" + state_event(outline_, so_far_, standing_);
}

LivePage::Answer LivePage::answer(const Asked& asked) {
  if (const auto part = part_of_page(asked.request.path)) return *part;
  if (const auto refusal = door_.refuses(asked)) return words(403, *refusal);
  return answer_friend(asked);
}

LivePage::Answer LivePage::answer_friend(const Asked& asked) {
  const std::string& path = asked.request.path;
  const bool is_stop = path == "/stop";
  const bool is_get = asked.request.method == "GET" || asked.request.method == "HEAD";
  if (is_stop ? asked.request.method != "POST" : !is_get) {
    return words(405, is_stop ? "a run is stopped with POST\n" : "there is nothing but GET here\n");
  }
  if (is_stop) return stop(asked);
  if (path == "/events") return stream(asked);
  if (path == "/report") return report(asked);
  if (path != "/") return words(404, "there is no such page\n");
  return answer_with(200, std::string(embedded::pages("live.html")), "text/html; charset=utf-8");
}

// A page says so, and comes back for the report once its stream has told it the end; other
// readers, curl among them, want nothing more.
LivePage::Answer LivePage::stream(const Asked& asked) {
  Answer answer = words(200, "");
  answer.is_stream = true;
  const std::lock_guard lock(mutex_);
  ++readers_;
  answer.gone = [this, is_page = is_page(asked.request)](bool is_whole) {
    stream_is_over(is_whole, is_page);
  };
  return answer;
}

LivePage::Answer LivePage::report(const Asked& asked) {
  const std::lock_guard lock(mutex_);
  if (!standing_.end || standing_.end->report_html.empty()) {
    return words(404, "there is no report yet\n");
  }
  Answer answer =
      answer_with(200, standing_.end->report_html, "text/html; charset=utf-8", kPolicyOfReport);
  if (asked.request.method == "GET") answer.gone = [this](bool) { reader_is_served(); };
  return answer;
}

LivePage::Answer LivePage::stop(const Asked& asked) {
  if (!Door::is_from_our_page(asked)) {
    return words(403, "a run is stopped from its own page: send that page's Origin\n");
  }
  {
    const std::lock_guard lock(mutex_);
    if (standing_.end) return words(409, "the run is over\n");
    if (std::exchange(standing_.is_stopping, true)) return words(202, "stopping already\n");
  }
  stop_();
  server_->publish(stopping_event());
  return words(202, "stopping\n");
}

}  // namespace loadgate::live
