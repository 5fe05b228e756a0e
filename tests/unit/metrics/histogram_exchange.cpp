// Our histograms for other implementations and theirs for us, so that a test in
// another language can compare: tests/cli/test_histogram_interop.py.
//
//   histogram_exchange encode    JSON list of lists of nanoseconds -> list of base64
//   histogram_exchange pack      the same, as time windows are stored
//   histogram_exchange decode    JSON list of base64 -> what was found in each

#include <iostream>
#include <nlohmann/json.hpp>
#include <string>

#include "metrics/histogram.h"

namespace {

using loadgate::Nanoseconds;
using loadgate::metrics::Histogram;
using nlohmann::json;

Histogram recorded(const json& values) {
  Histogram histogram;
  for (const json& value : values) histogram.record(Nanoseconds(value.get<std::int64_t>()));
  return histogram;
}

json found_in(const std::string& base64) {
  const loadgate::Result<Histogram> histogram = Histogram::decode(base64);
  if (!histogram) return {{"error", histogram.error().text}};
  json percentiles;
  for (const char* name : {"25", "50", "75", "90", "95", "99", "99.9", "100"}) {
    percentiles[name] = histogram->quantile(std::stod(name) / 100).count();
  }
  return {{"count", histogram->count()},
          {"min", histogram->min().count()},
          {"max", histogram->max().count()},
          {"mean", histogram->mean().count()},
          {"percentiles", percentiles}};
}

}  // namespace

int main(int argc, char** argv) {
  const std::string mode = argc == 2 ? argv[1] : "";
  json answers = json::array();
  for (const json& item : json::parse(std::cin)) {
    if (mode == "encode") answers.push_back(recorded(item).encode());
    if (mode == "pack") answers.push_back(Histogram::encode(recorded(item).pack()));
    if (mode == "decode") answers.push_back(found_in(item.get<std::string>()));
  }
  std::cout << answers;
  return answers.empty() ? 64 : 0;
}
