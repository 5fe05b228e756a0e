#include "reader/request_url.h"

#include <fmt/format.h>

#include "plan/encoding.h"
#include "reader/read_http.h"

namespace loadgate::reader {
namespace {

bool is_absolute(std::string_view text) {
  return text.starts_with("http://") || text.starts_with("https://");
}

// Complains about what can never be sent to the target.
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
  const std::size_t whole = text.size();
  if (!is_absolute(text)) {
    if (text.starts_with('/')) return true;
    return complain(0, whole, "a path begins with \"/\"",
                    text.starts_with("{{") ? "the host is that of the target"
                                           : fmt::format("write /{}", path.written));
  }
  const std::string& target = draft.plan.target;
  if (target.empty() || origin_of(text) == origin_of(target)) return true;
  return complain(0, whole, "requests to another host than the target's are not supported yet",
                  fmt::format("the target is {}", origin_of(target)));
}

}  // namespace

std::string_view without_origin(std::string_view url) {
  if (!is_absolute(url)) return url;
  const std::size_t path = url.find_first_of("/?", url.find("://") + 3);
  return path == std::string_view::npos ? std::string_view() : url.substr(path);
}

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
  url.append(is_absolute(node.text) ? origin_of(node.text) : draft.plan.target);
  // A URL that ends with its host still asks for "/".
  if (own_path.empty()) url.append("/");
  if (!own_path.empty()) url.append(compile(node, own_path, TextKind::path, names, draft));
  if (query == nullptr || query->value.entries.empty()) return url;
  url.append(own_path.find('?') == std::string_view::npos ? "?" : "&");
  url.append(compile_form_map(query->value, names, draft));
  return url;
}

}  // namespace loadgate::reader
