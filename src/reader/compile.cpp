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

}  // namespace loadgate::reader
