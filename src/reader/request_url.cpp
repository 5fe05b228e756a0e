#include "reader/request_url.h"

#include <fmt/format.h>

#include <algorithm>

#include "plan/encoding.h"
#include "reader/read_http.h"
#include "reader/url.h"

namespace loadgate::reader {
namespace {

// Complains about a URL that cannot be sent.
bool is_sendable(const YamlNode& path, Draft& draft) {
  const std::string& text = path.text;
  const auto complain = [&](std::string problem, std::string hint) {
    draft.problems.add(draft.problems.inside(path, 0, text.size()), std::move(problem),
                       std::move(hint));
    return false;
  };
  if (auto wrong = wrong_with_origin(text, "the URL")) {
    return complain(std::move(wrong->text), std::move(wrong->hint));
  }
  std::string wrong = wrong_with_protocol(draft.plan.http.protocol, origin_of(text));
  if (!wrong.empty()) return complain(std::move(wrong), {});
  return true;
}

// Complains about what can never be sent.
bool is_path(const YamlNode& path, Draft& draft) {
  const std::string& text = path.text;
  const auto complain = [&](std::size_t offset, std::size_t length, std::string problem,
                            std::string hint) {
    draft.problems.add(draft.problems.inside(path, offset, length), std::move(problem),
                       std::move(hint));
    return false;
  };
  if (const std::size_t hash = text.find('#'); hash != std::string::npos) {
    return complain(hash, text.size() - hash, "what follows \"#\" is never sent to a server",
                    "remove it, or write %23");
  }
  if (is_absolute_url(text)) return is_sendable(path, draft);
  if (text.starts_with('/')) return true;
  return complain(0, text.size(), "a path begins with \"/\"",
                  text.starts_with("{{") ? "the host is that of the target"
                                         : fmt::format("write /{}", path.written));
}

// The part of the URL before its path. Hosts beside the target are noted.
std::string base_of(std::string_view text, Draft& draft) {
  if (!is_absolute_url(text)) return draft.plan.target;
  std::string origin = origin_of(text);
  auto& known = draft.plan.origins;
  if (std::find(known.begin(), known.end(), origin) == known.end()) known.push_back(origin);
  return origin;
}

}  // namespace

plan::Template compile_form_map(const YamlNode& map, const plan::Names& names, Draft& draft) {
  plan::Template made;
  for (const Entry& entry : map.entries) {
    if (entry.key.find("{{") != std::string::npos) {
      draft.problems.add(entry.key_span, "{{ … }} is not replaced in names",
                         "only the value can hold it");
    }
    std::string name(made.source().empty() ? "" : "&");
    plan::append_encoded(entry.key, plan::Encoding::form, name);
    made.append(name + "=");
    made.append(compile(entry, TextKind::form, names, draft));
  }
  return made;
}

plan::Template compile_url(const Entry& path, const Entry* query, const plan::Names& names,
                           Draft& draft) {
  plan::Template url;
  const YamlNode& node = path.value;
  const bool is_text = node.kind == YamlNode::Kind::scalar;
  if (!is_text || !is_path(node, draft)) {
    if (!is_text) compile(path, TextKind::path, names, draft);  // Complains.
    return url;
  }
  const std::string_view own_path = without_origin(node.text);
  url.append(base_of(node.text, draft));
  // A URL that ends with its host still asks for "/".
  if (own_path.empty()) url.append("/");
  if (!own_path.empty()) url.append(compile(node, own_path, TextKind::path, names, draft));
  if (query == nullptr || query->value.entries.empty()) return url;
  url.append(own_path.find('?') == std::string_view::npos ? "?" : "&");
  url.append(compile_form_map(query->value, names, draft));
  return url;
}

}  // namespace loadgate::reader
