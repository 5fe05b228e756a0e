#include "session/exchange_text.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "base/text.h"
#include "base/units.h"
#include "report/text_table.h"

namespace loadgate::session {
namespace {

using report::painted;
using report::Tone;

// Laid out where it is JSON, with its keys in the order they came.
std::string readable(std::string_view body) {
  using Json = nlohmann::ordered_json;
  constexpr bool kThrow = false;
  const Json document = Json::parse(body, nullptr, kThrow);
  if (document.is_discarded() || !document.is_structured()) return std::string(body);
  return document.dump(2, ' ', false, Json::error_handler_t::replace);
}

class Lines {
 public:
  Lines(char sign, const load::Mask& mask, bool color) : sign_(sign), mask_(mask), color_(color) {}

  void start(const std::string& line) {
    text_ +=
        painted(fmt::format("{} {}", sign_, printable(mask_.over(line))), Tone::strong, color_);
    text_ += '\n';
  }
  void header(std::string_view line) { add(mask_.over_header(line)); }

  // `size` bytes, of which `body` may be the beginning.
  void body(std::string_view body, std::uint64_t size) {
    if (size == 0) return;
    add("");
    if (body.find('\0') != std::string_view::npos) {
      return add(fmt::format("({}, not text)", format_size(size)));
    }
    const std::string shown = readable(body);
    const auto is = body.size() < size ? load::Mask::Is::cut : load::Mask::Is::whole;
    const std::string beginning = mask_.over_beginning(shown, kShownBytes, is);
    for (const std::string_view line : split(beginning, '\n')) add(line);
    if (shown.size() > kShownBytes || body.size() < size) {
      add(fmt::format("… (cut: the body has {})", format_size(size)));
    }
  }

  std::string take() { return std::move(text_); }

 private:
  void add(std::string_view line) {
    if (line.ends_with('\r')) line.remove_suffix(1);
    text_ +=
        line.empty() ? fmt::format("{}\n", sign_) : fmt::format("{} {}\n", sign_, printable(line));
  }

  char sign_;
  const load::Mask& mask_;
  bool color_;
  std::string text_;
};

// "200 OK" of "HTTP/1.1 200 OK"; HTTP/2 has no words.
std::string status_of(std::string_view status_line) {
  const std::size_t blank = status_line.find(' ');
  return blank == std::string_view::npos ? std::string(status_line)
                                         : std::string(trimmed(status_line.substr(blank)));
}

}  // namespace

std::string request_text(const transport::Exchange& exchange, const load::Mask& mask, bool color) {
  Lines lines('>', mask, color);
  lines.start(fmt::format("{} {}", plan::name_of(exchange.method), exchange.url));
  for (const std::string& line : exchange.headers->lines) lines.header(line);
  if (exchange.has_body) lines.body(exchange.body, exchange.body.size());
  return lines.take();
}

std::string response_text(const transport::Exchange& exchange, const load::Mask& mask, bool color) {
  const transport::Response& response = exchange.response;
  const std::string took = format_latency(exchange.moments.finished - exchange.moments.sent);
  Lines lines('<', mask, color);
  if (response.status == 0) {
    lines.start("no answer after " + took);
    return lines.take();
  }
  const std::vector<std::string_view> head = split(response.head, '\n');
  lines.start(fmt::format("{} in {}", status_of(head.front()), took));
  for (std::size_t i = 1; i < head.size(); ++i) {
    if (!trimmed(head[i]).empty()) lines.header(trimmed(head[i]));
  }
  lines.body(response.body, response.body_size);
  return lines.take();
}

}  // namespace loadgate::session
