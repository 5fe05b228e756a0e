#include "reader/har_entry.h"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cstdio>
#include <nlohmann/json.hpp>

#include "base/text.h"
#include "reader/sketch_json.h"

namespace loadgate::reader {
namespace {

using Json = nlohmann::ordered_json;

// Recordings come from many programs: what is missing or of another type is nothing.
const Json& part(const Json& object, const char* key) {
  static const Json nothing;
  if (!object.is_object()) return nothing;
  const auto found = object.find(key);
  return found == object.end() ? nothing : *found;
}

std::string text_of(const Json& object, const char* key) {
  const Json& value = part(object, key);
  return value.is_string() ? value.get<std::string>() : std::string();
}

double number_of(const Json& object, const char* key) {
  const Json& value = part(object, key);
  return value.is_number() ? value.get<double>() : 0;
}

SketchFields fields_of(const Json& object, const char* key) {
  SketchFields fields;
  const Json& list = part(object, key);
  if (!list.is_array()) return fields;
  for (const Json& item : list) fields.emplace_back(text_of(item, "name"), text_of(item, "value"));
  return fields;
}

// "text/html" of "text/html; charset=utf-8".
std::string media_type(const std::string& text) {
  return lower(trimmed(std::string_view(text).substr(0, text.find(';'))));
}

// ISO 8601, "2026-03-04T05:06:07.891Z" or with "+01:00", in seconds since 1970.
std::optional<double> parse_moment(const std::string& text) {
  int year = 0, month = 0, day = 0, hour = 0, minute = 0, used = 0;
  double second = 0;
  // NOLINTNEXTLINE(cert-err34-c): what does not fit in an int is no date either.
  if (std::sscanf(text.c_str(), "%4d-%2d-%2dT%2d:%2d:%lf%n", &year, &month, &day, &hour, &minute,
                  &second, &used) != 6) {
    return std::nullopt;
  }
  const std::string zone = text.substr(static_cast<std::size_t>(used));
  int zone_hour = 0, zone_minute = 0;
  // NOLINTNEXTLINE(cert-err34-c)
  if (std::sscanf(zone.c_str(), "%3d:%2d", &zone_hour, &zone_minute) == 2 && zone_hour < 0) {
    zone_minute = -zone_minute;
  }
  const std::chrono::sys_days date = std::chrono::year(year) / month / day;
  const auto days = static_cast<double>(date.time_since_epoch().count());
  return days * 86400 + (hour - zone_hour) * 3600 + (minute - zone_minute) * 60 + second;
}

void take_url(std::string url, HarEntry& entry) {
  url = url.substr(0, url.find('#'));
  const std::size_t scheme = url.find("://");
  if (scheme == std::string::npos) return;
  const std::string name = lower(url.substr(0, scheme));
  if (name != "http" && name != "https") return;
  const std::size_t host = scheme + 3;
  const std::size_t end = std::min(url.find_first_of("/?", host), url.size());
  std::string authority = url.substr(host, end - host);
  authority.erase(0, authority.rfind('@') + 1);  // A user and a password belong in no plan.
  entry.origin = name + "://" + lower(authority);
  const std::size_t question = std::min(url.find('?', end), url.size());
  entry.path = url.substr(end, question - end);
  if (entry.path.empty()) entry.path = "/";
  if (question < url.size()) entry.query = url.substr(question + 1);
}

void take_answer(const Json& response, HarEntry& entry) {
  entry.status = static_cast<int>(std::clamp(number_of(response, "status"), 0.0, 999.0));
  const Json& content = part(response, "content");
  entry.answer_type = media_type(text_of(content, "mimeType"));
  if (text_of(content, "encoding").empty()) entry.answer = text_of(content, "text");
  for (const auto& [name, value] : fields_of(response, "headers")) {
    if (lower(name) != "set-cookie") continue;
    for (const std::string_view line : split(value, '\n')) {
      entry.cookies_set.emplace_back(trimmed(line.substr(0, line.find('='))));
    }
  }
}

HarEntry entry_of(const Json& json) {
  HarEntry entry;
  const Json& request = part(json, "request");
  entry.method = text_of(request, "method");
  take_url(text_of(request, "url"), entry);
  entry.headers = fields_of(request, "headers");
  entry.resource = text_of(json, "_resourceType");
  const Json& body = part(request, "postData");
  entry.body_type = media_type(text_of(body, "mimeType"));
  entry.body = text_of(body, "text");
  entry.form = fields_of(body, "params");
  entry.started = parse_moment(text_of(json, "startedDateTime"));
  entry.took = std::max(0.0, number_of(json, "time")) / 1000;
  take_answer(part(json, "response"), entry);
  return entry;
}

char decoded_byte(std::string_view hex) {
  unsigned value = 0;
  std::from_chars(hex.data(), hex.data() + hex.size(), value, 16);
  return static_cast<char>(value);
}

std::string form_decoded(std::string_view text) {
  constexpr std::string_view kHex = "0123456789ABCDEFabcdef";
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const std::string_view hex = text.substr(i + 1, 2);
    const bool is_escape =
        text[i] == '%' && hex.size() == 2 && hex.find_first_not_of(kHex) == std::string_view::npos;
    out += is_escape ? decoded_byte(hex) : text[i] == '+' ? ' ' : text[i];
    if (is_escape) i += 2;
  }
  return out;
}

}  // namespace

std::string HarEntry::header(std::string_view name) const {
  const auto found = std::find_if(headers.begin(), headers.end(), [&](const auto& field) {
    return lower(field.first) == lower(name);
  });
  return found == headers.end() ? std::string() : found->second;
}

SketchFields decode_form(std::string_view text) {
  SketchFields fields;
  for (const std::string_view pair : split(text, '&')) {
    if (pair.empty()) continue;
    const std::size_t equals = std::min(pair.find('='), pair.size());
    const std::string_view value = pair.substr(std::min(equals + 1, pair.size()));
    fields.emplace_back(form_decoded(pair.substr(0, equals)), form_decoded(value));
  }
  return fields;
}

Result<std::vector<HarEntry>> read_har_entries(std::string_view text, const std::string& file) {
  const Result<Json> document = parse_json(text, file);
  if (!document) return failure(document.error());
  const Json& list = part(part(*document, "log"), "entries");
  if (!list.is_array()) {
    return failure(file + ": this is no recording (HAR): it has no list \"entries\" in \"log\"");
  }
  std::vector<HarEntry> entries;
  for (const Json& json : list) entries.push_back(entry_of(json));
  const bool has_times = std::all_of(entries.begin(), entries.end(),
                                     [](const HarEntry& one) { return one.started.has_value(); });
  if (has_times) {
    std::stable_sort(entries.begin(), entries.end(),
                     [](const HarEntry& a, const HarEntry& b) { return *a.started < *b.started; });
  }
  return entries;
}

}  // namespace loadgate::reader
