#include "metrics/duet_json.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "metrics/json_parts.h"
#include "metrics/resource_use_json.h"
#include "metrics/run_result_names.h"
#include "metrics/series_json.h"

namespace loadgate::metrics {

namespace {

using nlohmann::json;

constexpr Nanoseconds kWindowWidth = std::chrono::seconds(1);

json json_of(const EpochSide& side) {
  json written = {{"target", side.target},
                  {"started_first", side.started_first},
                  {"start_took_ns", side.start_took.count()},
                  {"series", metrics::json_of(side.series)}};
  if (!side.use.name.empty()) written["use"] = metrics::json_of(side.use);
  if (!side.died.empty()) written["died"] = side.died;
  return written;
}

json json_of(const Epoch& epoch) {
  json written = {{"number", epoch.number},
                  {"began_ns", epoch.began.count()},
                  {"held", metrics::json_of(epoch.held)},
                  {"base", json_of(epoch.base)},
                  {"head", json_of(epoch.head)}};
  if (!epoch.machine.points.empty()) written["machine"] = metrics::json_of(epoch.machine);
  if (!epoch.spoilt.empty()) written["spoilt"] = epoch.spoilt;
  return written;
}

std::vector<Series> series_of_side(const JsonCursor& at, const Judging& judging, Side side) {
  std::vector<Series> series = series_at(at, judging, kWindowWidth);
  for (std::size_t i = 0; i < series.size(); ++i) {
    if (series[i].key.side == side) continue;
    at[i]["side"].complain(fmt::format("expected \"{}\"", name_of(side)));
  }
  return series;
}

EpochSide side_at(const JsonCursor& at, const Judging& judging, Side side) {
  EpochSide found = {.target = at["target"].text(),
                     .started_first = at["started_first"].flag(),
                     .start_took = at["start_took_ns"].time(),
                     .series = series_of_side(at["series"], judging, side),
                     .use = {},
                     .died = at.has("died") ? at["died"].text() : ""};
  if (at.has("use")) found.use = resource_use_at(at["use"]);
  return found;
}

Epoch epoch_at(const JsonCursor& at, const Judging& judging) {
  Epoch epoch = {.number = at["number"].count_as<std::uint32_t>(),
                 .began = at["began_ns"].time(),
                 .held = interval_at(at["held"]),
                 .base = side_at(at["base"], judging, Side::base),
                 .head = side_at(at["head"], judging, Side::head),
                 .machine = {},
                 .spoilt = at.has("spoilt") ? at["spoilt"].text() : ""};
  if (at.has("machine")) epoch.machine = machine_use_at(at["machine"]);
  return epoch;
}

// Epochs follow each other on one axis of time, which has an end.
Nanoseconds epoch_length_at(const JsonCursor& at) {
  constexpr Nanoseconds kLongest = std::chrono::hours(1);
  const Nanoseconds length = at.time();
  if (length > kLongest) at.complain("expected at most an hour");
  return std::min(length, kLongest);
}

}  // namespace

json json_of(const Duet& duet) {
  json written = {
      {"base", duet.base},
      {"head", duet.head},
      {"rate", finite(duet.rate)},
      {"restart", name_of(duet.restart)},
      {"epoch_length_ns", duet.epoch_length.count()},
      {"most_epochs", duet.most_epochs},
      {"is_same_build", duet.is_same_build},
      {"epochs", list_of(duet.epochs, [](const Epoch& epoch) { return json_of(epoch); })}};
  if (duet.is_fixed) written["is_fixed"] = true;
  return written;
}

Duet duet_at(const JsonCursor& at, const Judging& judging) {
  Duet duet = {
      .base = at["base"].text(),
      .head = at["head"].text(),
      .rate = at["rate"].number(),
      .restart = word_at<plan::Restart>(at["restart"], kRestarts),
      .epoch_length = epoch_length_at(at["epoch_length_ns"]),
      .most_epochs = at["most_epochs"].count_as<std::uint32_t>(),
      .is_same_build = at["is_same_build"].flag(),
      .is_fixed = at.has("is_fixed") && at["is_fixed"].flag(),
      .epochs = at["epochs"].list([&](const JsonCursor& item) { return epoch_at(item, judging); })};
  expect_rising(at["epochs"], duet.epochs, &Epoch::number);
  return duet;
}

}  // namespace loadgate::metrics
