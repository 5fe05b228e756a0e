#include "reader/port_placeholder.h"

#include <fmt/format.h>

#include "base/text.h"
#include "plan/names.h"
#include "reader/url.h"

namespace loadgate::reader {
namespace {

// What stands between the braces at `open`, if it looks like a placeholder of ours.
std::optional<std::string_view> name_at(std::string_view text, std::size_t open) {
  const std::size_t close = text.find("}}", open);
  if (close == std::string_view::npos) return std::nullopt;
  const std::string_view name = trimmed(text.substr(open + 2, close - open - 2));
  if (!plan::is_variable_name(name)) return std::nullopt;
  return name;
}

bool is_known(const YamlNode& scalar, std::size_t open, std::string_view name, Draft& draft) {
  std::string text, hint;
  if (name != "port") {
    text = fmt::format("\"{}\" is not known here", name);
    hint = "only {{ port }} is, for all others ${X}";
  } else if (!draft.has_start) {
    text = "{{ port }} is the port of a service that loadgate starts";
    hint = "write the number, or add a \"start\"";
  } else {
    return true;
  }
  const std::size_t length = scalar.text.find("}}", open) + 2 - open;
  draft.problems.add(draft.problems.inside(scalar, open, length), std::move(text), std::move(hint));
  return false;
}

// --host says where the service is instead.
unsigned short service_port(const Draft& draft) {
  const bool is_elsewhere = draft.overrides.host && !draft.plan.target.empty();
  return is_elsewhere ? port_of(draft.plan.target) : draft.around.free_port;
}

}  // namespace

std::optional<std::string> with_port(const YamlNode& scalar, Draft& draft) {
  const std::string& text = scalar.text;
  std::string out;
  std::size_t at = 0;
  bool is_sound = true;
  while (at < text.size()) {
    const std::size_t open = std::min(text.find("{{", at), text.size());
    out += text.substr(at, open - at);
    at = open;
    if (open == text.size()) break;
    if (const auto name = name_at(text, open)) {
      is_sound = is_known(scalar, open, *name, draft) && is_sound;
      out += std::to_string(service_port(draft));
      at = text.find("}}", open) + 2;
    } else {
      out += text[at++];
    }
  }
  if (!is_sound) return std::nullopt;
  return out;
}

}  // namespace loadgate::reader
