#include "reader/compile.h"

#include <fmt/format.h>

namespace loadgate::reader {
namespace {

tl::expected<plan::Template, plan::TemplateError> compile_as(TextKind kind, std::string_view text,
                                                             const plan::Names& names) {
  switch (kind) {
    case TextKind::header:
      return plan::Template::compile(text, names, plan::Encoding::header);
    case TextKind::form:
      return plan::Template::compile_form(text, names);
    case TextKind::path:
      return plan::Template::compile_path(text, names);
    case TextKind::body:
      break;
  }
  return plan::Template::compile(text, names, plan::Encoding::none);
}

}  // namespace

plan::Template compile(const YamlNode& scalar, std::string_view text, TextKind kind,
                       const plan::Names& names, Draft& draft) {
  auto made = compile_as(kind, text, names);
  if (made) return std::move(*made);
  const plan::TemplateError& wrong = made.error();
  const auto part = static_cast<std::size_t>(text.data() - scalar.text.data());
  draft.problems.add(draft.problems.inside(scalar, part + wrong.offset, wrong.length), wrong.text,
                     wrong.hint);
  return {};
}

plan::Template compile(const Entry& entry, TextKind kind, const plan::Names& names, Draft& draft) {
  const YamlNode& value = entry.value;
  if (value.kind == YamlNode::Kind::scalar) return compile(value, value.text, kind, names, draft);
  if (value.kind == YamlNode::Kind::broken) return {};
  draft.problems.add(value.span,
                     value.kind == YamlNode::Kind::empty
                         ? fmt::format("\"{}\" has no value", entry.key)
                         : fmt::format("\"{}\" holds more than one value", entry.key),
                     "write one text or number; \"\" is an empty text");
  return {};
}

std::optional<plan::JsonPath> compile_json_path(const YamlNode& scalar, std::string_view text,
                                                Draft& draft) {
  auto path = plan::JsonPath::compile(text);
  if (path) return std::move(*path);
  const auto part = static_cast<std::size_t>(text.data() - scalar.text.data());
  draft.problems.add(draft.problems.inside(scalar, part + path.error().offset, 1),
                     path.error().text, "for example \"$.items[0].id\"");
  return std::nullopt;
}

std::optional<plan::Regex> compile_regex(const YamlNode& scalar, std::string_view text,
                                         Draft& draft) {
  const auto part = static_cast<std::size_t>(text.data() - scalar.text.data());
  const auto complain = [&](std::size_t offset, std::size_t length, std::string problem,
                            std::string hint) {
    draft.problems.add(draft.problems.inside(scalar, part + offset, length), std::move(problem),
                       std::move(hint));
    return std::nullopt;
  };
  if (text.empty()) {
    return complain(0, 1, "an empty regular expression is found everywhere", "write what to find");
  }
  const std::size_t open = text.find("{{");
  if (open != std::string_view::npos &&
      plan::closing_braces(text, open) != std::string_view::npos) {
    return complain(open, 2, "{{ … }} is not replaced in regular expressions",
                    R"(write \{\{ where braces are meant)");
  }
  auto regex = plan::Regex::compile(text);
  if (regex) return std::move(*regex);
  // RE2's words quote the expression, and so what the environment put there.
  return complain(regex.error().offset, regex.error().length,
                  scalar.is_replaced
                      ? fmt::format("\"{}\" is no regular expression", scalar.written)
                      : regex.error().text,
                  "the syntax is RE2's");
}

bool is_constant(const YamlNode& scalar, std::string_view where, Draft& draft) {
  const std::size_t open = scalar.written.find("{{");
  if (open == std::string::npos) return true;
  draft.problems.add(draft.problems.inside(scalar, open, 2),
                     fmt::format("{{{{ … }}}} is not replaced in {}", where), "write it out");
  return false;
}

YamlNode scalar_of_key(const Entry& entry) {
  YamlNode key;
  key.kind = YamlNode::Kind::scalar;
  key.is_plain = entry.key_span.length == entry.key.size();
  key.text = key.written = entry.key;
  key.span = entry.key_span;
  return key;
}

}  // namespace loadgate::reader
