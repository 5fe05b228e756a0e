#include "reader/har.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <filesystem>
#include <map>
#include <set>

#include "base/text.h"
#include "reader/har_capture.h"
#include "reader/har_request.h"
#include "reader/url.h"

namespace loadgate::reader {
namespace {

constexpr Nanoseconds kLongestWait = std::chrono::seconds(10);
constexpr double kShortestWait = 0.3;  // Seconds; less is the browser at work, not a person.

bool is_asset(const HarEntry& entry) {
  static constexpr std::array<std::string_view, 6> kResources{"image", "font",   "stylesheet",
                                                              "media", "script", "manifest"};
  static constexpr std::array<std::string_view, 19> kEndings{
      ".css",  ".js",   ".mjs",  ".map",   ".png", ".jpg", ".jpeg", ".gif",  ".svg",        ".ico",
      ".webp", ".avif", ".woff", ".woff2", ".ttf", ".otf", ".mp4",  ".webm", ".webmanifest"};
  const auto& type = entry.answer_type;
  const auto ends = [path = lower(entry.path)](std::string_view ending) {
    return path.ends_with(ending);
  };
  const bool is_named =
      std::find(kResources.begin(), kResources.end(), entry.resource) != kResources.end();
  return is_named || type.starts_with("image/") || type.starts_with("font/") ||
         type == "text/css" || type.ends_with("javascript") ||
         std::any_of(kEndings.begin(), kEndings.end(), ends);
}

// What a plan does not take over, counted for its comments.
struct LeftOut {
  std::map<std::string, std::size_t> hosts;
  std::size_t assets = 0;
  std::size_t unanswered = 0;
  std::size_t other = 0;  // Other schemes and methods.
};

std::vector<HarEntry> kept_entries(std::vector<HarEntry> all, Assets assets, LeftOut& left_out) {
  std::vector<HarEntry> kept;
  std::string origin;
  for (HarEntry& entry : all) {
    const bool is_web = parse_target(entry.origin) && method_of(entry);
    if (origin.empty() && is_web) origin = entry.origin;
    if (!is_web) {
      ++left_out.other;
    } else if (entry.origin != origin) {
      ++left_out.hosts[entry.origin];
    } else if (assets == Assets::leave_out && is_asset(entry)) {
      ++left_out.assets;
    } else if (entry.status == 0) {
      ++left_out.unanswered;
    } else {
      kept.push_back(std::move(entry));
    }
  }
  return kept;
}

void add_remarks(const LeftOut& left_out, const std::string& file, Sketch& sketch) {
  sketch.remarks.push_back(
      fmt::format("Written by `loadgate init --from-har {}`: what one visitor did.",
                  std::filesystem::path(file).filename().string()));
  sketch.remarks.emplace_back("Look it over, then try it: `loadgate validate`, `loadgate run`.");
  if (left_out.assets > 0) {
    sketch.remarks.push_back("Left out: " + counted(left_out.assets, "request") +
                             " for images, fonts, styles and scripts (--assets keeps them).");
  }
  for (const auto& [host, number] : left_out.hosts) {
    sketch.remarks.push_back(
        fmt::format("Left out: {} to another host, {}.", counted(number, "request"), host));
  }
  if (left_out.unanswered > 0) {
    sketch.remarks.push_back("Left out: " + counted(left_out.unanswered, "request") +
                             " without an answer.");
  }
  if (left_out.other > 0) {
    sketch.remarks.push_back("Left out: " + counted(left_out.other, "request") +
                             " that a plan cannot send (WebSockets and the like).");
  }
}

// A person's pause, in round numbers; none where the browser went on by itself.
std::optional<Nanoseconds> pause_between(const HarEntry& before, const HarEntry& next) {
  if (!before.started || !next.started) return std::nullopt;
  const double gap = *next.started - *before.started - before.took;
  if (gap < kShortestWait) return std::nullopt;
  const double step = gap < 2 ? 0.1 : 1;
  const double rounded = std::min(std::round(gap / step) * step, seconds(kLongestWait));
  return std::chrono::milliseconds(std::llround(rounded * 1000));
}

std::vector<SketchRequest> requests_of(const std::vector<HarEntry>& entries, SecretBox& secrets) {
  std::vector<std::set<std::string>> cookies(1);  // Set before each request.
  for (const HarEntry& entry : entries) {
    collect_secrets(entry, cookies.back(), secrets);
    cookies.push_back(cookies.back());
    cookies.back().insert(entry.cookies_set.begin(), entry.cookies_set.end());
  }
  std::vector<SketchRequest> requests;
  for (std::size_t i = 0; i < entries.size(); ++i) {
    requests.push_back(request_of(entries[i], cookies[i], secrets));
  }
  return requests;
}

}  // namespace

Result<Sketch> read_har(std::string_view text, const std::string& file, Assets assets) {
  Result<std::vector<HarEntry>> all = read_har_entries(text, file);
  if (!all) return failure(all.error());
  LeftOut left_out;
  const std::vector<HarEntry> entries = kept_entries(std::move(*all), assets, left_out);
  if (entries.empty()) {
    return failure(file + ": the recording holds no answered request that a plan can send");
  }
  Sketch sketch;
  add_remarks(left_out, file, sketch);
  sketch.target = entries.front().origin;
  sketch.name = sketch.target.substr(sketch.target.find("://") + 3);
  SecretBox secrets;
  std::vector<SketchRequest> requests = requests_of(entries, secrets);
  add_captures(entries, requests, secrets);
  for (std::size_t i = 0; i < requests.size(); ++i) {
    const auto pause = i > 0 ? pause_between(entries[i - 1], entries[i]) : std::nullopt;
    if (pause) sketch.steps.emplace_back(*pause);
    sketch.steps.emplace_back(std::move(requests[i]));
  }
  sketch.secrets = std::move(secrets.secrets());
  return sketch;
}

}  // namespace loadgate::reader
