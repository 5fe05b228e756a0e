#include "reader/har_capture.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

namespace loadgate::reader {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t kShortest = 8;      // Shorter texts stand in an answer by chance.
constexpr std::size_t kLongestTag = 200;  // Of HTML, before the value.

bool is_plain_name(const std::string& name) {
  return !name.empty() && name.find_first_of(".[]'\" ") == std::string::npos;
}

// The path to a text in a document; empty where it is not there.
std::string path_to(const Json& json, const std::string& value, const std::string& path,
                    int depth = 0) {
  if (depth > 20) return {};
  if (json.is_string() && json.get_ref<const std::string&>() == value) return path;
  if (json.is_object()) {
    for (const auto& [key, member] : json.items()) {
      if (!is_plain_name(key)) continue;
      std::string found = path_to(member, value, fmt::format("{}.{}", path, key), depth + 1);
      if (!found.empty()) return found;
    }
  }
  if (json.is_array()) {
    for (std::size_t i = 0; i < json.size(); ++i) {
      std::string found = path_to(json[i], value, fmt::format("{}[{}]", path, i), depth + 1);
      if (!found.empty()) return found;
    }
  }
  return {};
}

std::string regex_quoted(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (std::string_view("\\.^$|()[]{}*+?").find(c) != std::string_view::npos) out += '\\';
    out += c;
  }
  return out;
}

// A hidden field or a meta tag: the tag up to the value is what a regex looks for.
std::string regex_for(const std::string& html, const std::string& value) {
  const std::size_t at = html.find("\"" + value + "\"");
  if (at == std::string::npos) return {};
  const std::size_t tag = html.rfind('<', at);
  if (tag == std::string::npos || at - tag > kLongestTag) return {};
  const std::string before = html.substr(tag, at - tag + 1);
  if (before.find_first_of("'\n\r") != std::string::npos) return {};
  return fmt::format("regex '{}([^\"]+)'", regex_quoted(before));
}

std::string capture_of(const HarEntry& entry, const std::string& value) {
  if (entry.answer.find(value) == std::string::npos) return {};
  const Json json = Json::parse(entry.answer, nullptr, false);
  if (!json.is_discarded()) return path_to(json, value, "$");
  return entry.answer_type == "text/html" ? regex_for(entry.answer, value) : std::string();
}

}  // namespace

void add_captures(const std::vector<HarEntry>& entries, std::vector<SketchRequest>& requests,
                  SecretBox& secrets) {
  for (std::size_t secret = 0; secret < secrets.secrets().size(); ++secret) {
    const std::string& value = secrets.value_of(secret);
    if (value.size() < kShortest) continue;
    const std::string placeholder = "{{ " + secrets.secrets()[secret].variable + " }}";
    const auto first = std::find_if(requests.begin(), requests.end(), [&](const auto& request) {
      return mentions(request, placeholder);
    });
    // The last answer before its first use: later ones may have replaced earlier ones.
    for (auto i = static_cast<std::size_t>(first - requests.begin()); i-- > 0;) {
      const std::string capture = capture_of(entries[i], value);
      if (capture.empty()) continue;
      requests[i].captures.emplace_back(secrets.secrets()[secret].variable, literal_text(capture));
      secrets.secrets()[secret].is_captured = true;
      break;
    }
  }
}

}  // namespace loadgate::reader
