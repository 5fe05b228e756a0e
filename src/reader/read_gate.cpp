#include "reader/read_gate.h"

#include <fmt/format.h>

#include "base/units.h"
#include "reader/key_tables.h"
#include "reader/read_thresholds.h"
#include "reader/values.h"

namespace loadgate::reader {
namespace {

using plan::Detect;
using plan::GateRules;

template <auto member>
void read_rise(const Field& field, Detect& detect) {
  const auto share = read_share(field);
  if (share && *share <= 0) {
    field.complain(fmt::format("\"{}\" must be more than 0%", field.key.name),
                   "a rise of nothing is in every run");
  } else if (share) {
    detect.*member = *share;
  }
}

constexpr std::array<Key<Detect>, 4> kStoredKeys{{
    {{"cpu_per_request", "a share", "20%", "The rise of CPU time for a request that matters.",
      "cpu_per_request: 20%"},
     read_rise<&Detect::cpu_per_request>},
    {{"p50", "a share", "30%", "The rise of the median that matters.", "p50: 30%"},
     read_rise<&Detect::p50>},
    {{"p95", "a share", "50%", "The rise of the 95th percentile that matters.", "p95: 50%"},
     read_rise<&Detect::p95>},
    {{"error_rate", "a share", "1%", "The rise of the error rate that matters, in points.",
      "error_rate: 1%"},
     read_rise<&Detect::error_rate>},
}};

void read_stored(const Field& field, GateRules& gate) {
  read_object(field.value(), "\"stored\"", kStoredKeys, gate.stored, field.draft);
}

constexpr std::array<Key<Detect>, 5> kDetectDuetKeys{{
    {{"cpu_per_request", "a share", "10%", "The rise of CPU time for a request that matters.",
      "cpu_per_request: 10%"},
     read_rise<&Detect::cpu_per_request>},
    {{"p50", "a share", "10%", "The rise of the median that matters.", "p50: 10%"},
     read_rise<&Detect::p50>},
    {{"p95", "a share", "20%", "The rise of the 95th percentile that matters.", "p95: 20%"},
     read_rise<&Detect::p95>},
    {{"p99", "a share", "30%",
      "The rise of the 99th percentile of all requests together that matters.", "p99: 30%"},
     read_rise<&Detect::p99>},
    {{"error_rate", "a share", "0.5%", "The rise of the error rate that matters, in points.",
      "error_rate: 0.5%"},
     read_rise<&Detect::error_rate>},
}};

void read_detect_duet(const Field& field, GateRules& gate) {
  read_object(field.value(), "\"duet\"", kDetectDuetKeys, gate.duet, field.draft);
}

constexpr std::array<Key<GateRules>, 2> kDetectKeys{{
    {{"stored", "a map", "", "Against a stored baseline.", "stored: { p95: 50% }"}, read_stored},
    {{"duet", "a map", "", "Against the base build, side by side.", "duet: { p95: 20% }"},
     read_detect_duet},
}};

void read_latency_floor(const Field& field, GateRules& gate) {
  if (const auto floor = read_duration(field)) gate.latency_floor = *floor;
}

void read_cpu_floor(const Field& field, GateRules& gate) {
  if (const auto floor = read_duration(field)) gate.cpu_floor = *floor;
}

constexpr std::array<Key<GateRules>, 2> kFloorKeys{{
    {{"latency", "a duration", "200us", "Smaller differences of latency never matter.",
      "latency: 200us"},
     read_latency_floor},
    {{"cpu_per_request", "a duration", "20us",
      "Smaller differences of CPU time for a request never matter.", "cpu_per_request: 20us"},
     read_cpu_floor},
}};

void read_detect(const Field& field, GateRules& gate) {
  read_object(field.value(), "\"detect\"", kDetectKeys, gate, field.draft);
}

void read_floor(const Field& field, GateRules& gate) {
  read_object(field.value(), "\"floor\"", kFloorKeys, gate, field.draft);
}

void read_confidence(const Field& field, GateRules& gate) {
  const auto confidence = read_share(field);
  if (confidence && (*confidence < 0.5 || *confidence >= 1)) {
    field.complain(fmt::format("\"confidence\" cannot be {}", field.value().written),
                   "write a share from 50% to below 100%");
  } else if (confidence) {
    gate.confidence = *confidence;
  }
}

void read_ignore(const Field& field, GateRules& gate) {
  if (!expect(field, YamlNode::Kind::sequence)) return;
  for (const YamlNode& item : field.value().items) {
    if (item.kind == YamlNode::Kind::broken) continue;
    if (auto name = find_request_name(item, field.draft)) {
      gate.ignored_requests.push_back(std::move(*name));
    }
  }
}

constexpr std::array<Key<GateRules>, 4> kGateKeys{{
    {{"detect", "a map", "", "The smallest rises that matter.", "detect: { stored: { p95: 50% } }"},
     read_detect},
    {{"floor", "a map", "", "Differences too small to matter at all.", "floor: { latency: 200us }"},
     read_floor},
    {{"confidence", "a share", "99%", "How sure the gate is before it fails a run.",
      "confidence: 99%"},
     read_confidence},
    {{"ignore", "a list of names of requests", "", "Requests that are shown, not compared.",
      "ignore: [GET /health]"},
     read_ignore},
}};

template <Nanoseconds plan::Rating::*member>
void read_band(const Field& field, plan::Rating& rating) {
  if (const auto time = read_duration(field)) rating.*member = *time;
}

constexpr std::array<Key<plan::Rating>, 2> kRatingKeys{{
    {{"optimal", "a duration", "200ms", "A p95 up to this is shown as optimal.", "optimal: 200ms"},
     read_band<&plan::Rating::optimal>},
    {{"acceptable", "a duration", "500ms", "A p95 up to this is shown as acceptable.",
      "acceptable: 500ms"},
     read_band<&plan::Rating::acceptable>},
}};

}  // namespace

void read_gate(const Field& field, Draft& draft) {
  read_object(field.value(), "\"gate\"", kGateKeys, draft.plan.gate, draft);
}

void read_rating(const Field& field, Draft& draft) {
  plan::Rating& rating = draft.plan.rating;
  if (!read_object(field.value(), "\"rating\"", kRatingKeys, rating, draft)) return;
  if (rating.optimal <= rating.acceptable) return;
  draft.problems.add(
      field.entry.key_span,
      fmt::format("\"optimal\" ({}) is above \"acceptable\" ({})", format_duration(rating.optimal),
                  format_duration(rating.acceptable)));
}

KeyTexts gate_keys() { return texts_of(kGateKeys); }
KeyTexts detect_keys() { return texts_of(kDetectKeys); }
KeyTexts stored_keys() { return texts_of(kStoredKeys); }
KeyTexts detect_duet_keys() { return texts_of(kDetectDuetKeys); }
KeyTexts floor_keys() { return texts_of(kFloorKeys); }
KeyTexts rating_keys() { return texts_of(kRatingKeys); }

}  // namespace loadgate::reader
