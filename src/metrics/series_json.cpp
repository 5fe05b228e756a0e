#include "metrics/series_json.h"

#include <algorithm>
#include <limits>
#include <nlohmann/json.hpp>

#include "metrics/json_parts.h"
#include "metrics/run_result_names.h"

namespace loadgate::metrics {

namespace {

using nlohmann::json;

constexpr std::uint64_t kMostIndex = std::numeric_limits<std::uint32_t>::max();

json json_of(const Phases& phases) {
  return {{"dns_ns", phases.dns.count()},   {"connect_ns", phases.connect.count()},
          {"tls_ns", phases.tls.count()},   {"send_ns", phases.send.count()},
          {"wait_ns", phases.wait.count()}, {"receive_ns", phases.receive.count()}};
}

json json_of(const Tally& tally) {
  json errors = json::object();
  for (std::size_t i = 0; i < kErrorKinds; ++i) {
    if (tally.errors[i] != 0)
      errors[std::string(name_of(static_cast<ErrorKind>(i)))] = tally.errors[i];
  }
  json written = {{"requests", tally.requests},
                  {"errors", std::move(errors)},
                  {"cancelled", tally.cancelled},
                  {"bytes_sent", tally.bytes_sent},
                  {"bytes_received", tally.bytes_received},
                  {"phases", json_of(tally.phases)},
                  {"response_times", tally.response_times.encode()}};
  if (!tally.service_times.empty()) written["service_times"] = tally.service_times.encode();
  return written;
}

json json_of(const Window& window) {
  return {{"index", window.index},
          {"requests", window.requests},
          {"failures", window.failures},
          {"response_times", Histogram::encode(window.response_times)}};
}

json json_of(const Series& series) {
  return {{"side", name_of(series.key.side)},
          {"stage", series.key.stage},
          {"request_name", series.key.request_name},
          {"all", json_of(series.all)},
          {"held", json_of(series.held)},
          {"windows", list_of(series.windows, [](const auto& item) { return json_of(item); })}};
}

Phases phases_at(const JsonCursor& at) {
  return {.dns = at["dns_ns"].time(),
          .connect = at["connect_ns"].time(),
          .tls = at["tls_ns"].time(),
          .send = at["send_ns"].time(),
          .wait = at["wait_ns"].time(),
          .receive = at["receive_ns"].time()};
}

Tally tally_at(const JsonCursor& at) {
  Tally tally;
  tally.requests = at["requests"].count();
  at["errors"].each_field([&](const std::string& name, const JsonCursor& count) {
    tally.errors[static_cast<std::size_t>(error_kind_at(count, name))] = count.count();
  });
  tally.cancelled = at["cancelled"].count();
  tally.bytes_sent = at["bytes_sent"].count();
  tally.bytes_received = at["bytes_received"].count();
  tally.phases = phases_at(at["phases"]);
  tally.response_times = histogram_at(at["response_times"]);
  if (at.has("service_times")) tally.service_times = histogram_at(at["service_times"]);
  return tally;
}

Window window_at(const JsonCursor& at, Nanoseconds width) {
  // The start of a window, index · width, is a time too and must not overflow.
  const auto most = static_cast<std::uint64_t>(JsonCursor::kLongestTime / width);
  Result<Histogram::Packed> times = Histogram::decode_packed(at["response_times"].text());
  if (!times) at["response_times"].complain(times.error().text);
  return {.index = static_cast<std::uint32_t>(at["index"].count(std::min(most, kMostIndex))),
          .requests = at["requests"].count(),
          .failures = at["failures"].count(),
          .response_times = times ? *std::move(times) : Histogram::Packed()};
}

Series one_series_at(const JsonCursor& at, const Judging& judging, Nanoseconds window_width) {
  Series series;
  series.key = {
      .side = word_at<Side>(at["side"], kSides),
      .stage = index_as<std::uint16_t>(at["stage"], judging.stages.size(), "judging.stages"),
      .request_name =
          index_as<std::uint32_t>(at["request_name"], judging.requests.size(), "judging.requests")};
  series.all = tally_at(at["all"]);
  series.held = tally_at(at["held"]);
  series.windows =
      at["windows"].list([&](const JsonCursor& item) { return window_at(item, window_width); });
  expect_rising(at["windows"], series.windows, &Window::index);
  return series;
}

}  // namespace

json json_of(const std::vector<Series>& series) {
  return list_of(series, [](const Series& item) { return json_of(item); });
}

std::vector<Series> series_at(const JsonCursor& at, const Judging& judging,
                              Nanoseconds window_width) {
  std::vector<Series> series =
      at.list([&](const JsonCursor& item) { return one_series_at(item, judging, window_width); });
  expect_rising(at, series, &Series::key);
  return series;
}

}  // namespace loadgate::metrics
