// docs/result.md describes each field.

#include "gate/duet_info_json.h"

#include <nlohmann/json.hpp>

#include "metrics/json_parts.h"

namespace loadgate::gate {
namespace {

using metrics::finite;
using metrics::JsonCursor;
using nlohmann::json;

json value_of(const Looked& looked) {
  return {{"request", looked.request},
          {"metric", name_of(looked.metric)},
          {"estimate", finite(looked.estimate)},
          {"error", finite(looked.error)},
          {"degrees", finite(looked.degrees)},
          {"p", finite(looked.p)},
          {"p_adjusted", finite(looked.p_adjusted)},
          {"outcome", name_of(looked.outcome)}};
}

json value_of(const Look& look) {
  json comparisons = json::array();
  for (const Looked& looked : look.comparisons) comparisons.push_back(value_of(looked));
  return {{"epochs", look.epochs}, {"level", finite(look.level)}, {"comparisons", comparisons}};
}

Looked looked_at(const JsonCursor& at) {
  return {.request = at["request"].text(),
          .metric = compared_metric_at(at["metric"]),
          .estimate = at["estimate"].number(),
          .error = at["error"].number(),
          .degrees = at["degrees"].number(),
          .p = at["p"].number(),
          .p_adjusted = at["p_adjusted"].number(),
          .outcome = outcome_at(at["outcome"])};
}

Look look_at(const JsonCursor& at) {
  return {.epochs = at["epochs"].count_as<int>(),
          .level = at["level"].number(),
          .comparisons = at["comparisons"].list(looked_at)};
}

}  // namespace

json json_of(const DuetInfo& info) {
  json looks = json::array();
  for (const Look& look : info.looks) looks.push_back(value_of(look));
  json written = {{"base", info.base},
                  {"head", info.head},
                  {"rate", finite(info.rate)},
                  {"epochs", info.epochs},
                  {"spoilt", info.spoilt},
                  {"most_epochs", info.most_epochs},
                  {"restarts", info.restarts},
                  {"epoch_length_ns", info.epoch_length.count()},
                  {"length_ns", info.length.count()},
                  {"looks", looks},
                  {"remarks", info.remarks},
                  {"base_died", info.base_died},
                  {"head_died", info.head_died}};
  if (info.is_fixed) written["is_fixed"] = true;
  return written;
}

DuetInfo duet_info_at(const JsonCursor& at) {
  return {.base = at["base"].text(),
          .head = at["head"].text(),
          .rate = at["rate"].number(),
          .epochs = at["epochs"].count_as<int>(),
          .spoilt = at["spoilt"].count_as<int>(),
          .most_epochs = at["most_epochs"].count_as<int>(),
          .is_fixed = at.has("is_fixed") && at["is_fixed"].flag(),
          .restarts = at["restarts"].flag(),
          .epoch_length = at["epoch_length_ns"].time(),
          .length = at["length_ns"].time(),
          .looks = at["looks"].list(look_at),
          .remarks = at["remarks"].texts(),
          .base_died = at["base_died"].text(),
          .head_died = at["head_died"].text()};
}

}  // namespace loadgate::gate
