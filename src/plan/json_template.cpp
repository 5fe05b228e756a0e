#include <utility>

#include "plan/template.h"

namespace loadgate::plan {
namespace {

// The end of the string literal that opens at `quote`: the index behind its last quote.
std::size_t end_of_literal(std::string_view document, std::size_t quote) {
  std::size_t i = quote + 1;
  while (i < document.size() && document[i] != '"') i += document[i] == '\\' ? 2 : 1;
  return std::min(i + 1, document.size());
}

// A string literal's text as the plan's author wrote it, and where each byte came from.
struct Unescaped {
  std::string text;
  std::vector<std::size_t> origin;  // One more than bytes: the end, too.
};

char unescaped(char c) {
  switch (c) {
    case 'b':
      return '\b';
    case 'f':
      return '\f';
    case 'n':
      return '\n';
    case 'r':
      return '\r';
    case 't':
      return '\t';
    default:
      return c;
  }
}

// dump() writes \u00XX for control characters alone, and none of these stands in a
// placeholder, so a blank will do for them.
Unescaped unescape(std::string_view document, std::size_t begin, std::size_t end) {
  Unescaped out;
  for (std::size_t i = begin; i < end;) {
    out.origin.push_back(i);
    if (document[i] != '\\' || i + 1 >= end) {
      out.text += document[i++];
    } else if (document[i + 1] == 'u') {
      out.text += ' ';
      i += 6;
    } else {
      out.text += unescaped(document[i + 1]);
      i += 2;
    }
  }
  out.origin.push_back(end);
  return out;
}

}  // namespace

class JsonTemplateCompiler {
 public:
  JsonTemplateCompiler(std::string_view document, const Names& names)
      : document_(document), names_(names) {}

  tl::expected<Template, TemplateError> compile() {
    made_.source_ = document_;
    std::size_t at = 0;
    while (at < document_.size()) {
      const std::size_t quote = std::min(document_.find('"', at), document_.size());
      made_.add_literal(document_.substr(at, quote - at));
      if (quote == document_.size()) break;
      at = end_of_literal(document_, quote);
      if (const auto wrong = add_string(quote, at)) return tl::unexpected(*wrong);
    }
    return std::move(made_);
  }

 private:
  // The literal with its quotes is [begin, end) of the document.
  std::optional<TemplateError> add_string(std::size_t begin, std::size_t end) {
    const bool is_key = end < document_.size() && document_[end] == ':';
    const Unescaped inner = unescape(document_, begin + 1, end - 1);
    const std::string_view text = inner.text;
    std::size_t open = text.find("{{");
    if (open == 0 && !is_key && closing_braces(text, 0) + 2 == text.size()) {
      return add_hole(inner, 0, text.size() - 2, Template::Form::json_value);
    }
    std::size_t copied = begin;
    while (open != std::string_view::npos) {
      const std::size_t close = closing_braces(text, open);
      if (close == std::string_view::npos) {
        return TemplateError{inner.origin[open], 2, "\"{{\" is never closed", "close it with }}"};
      }
      made_.add_literal(document_.substr(copied, inner.origin[open] - copied));
      if (auto wrong = add_hole(inner, open, close, Template::Form::text)) return wrong;
      copied = inner.origin[close + 2];
      open = text.find("{{", close + 2);
    }
    made_.add_literal(document_.substr(copied, end - copied));
    return std::nullopt;
  }

  std::optional<TemplateError> add_hole(const Unescaped& inner, std::size_t open, std::size_t close,
                                        Template::Form form) {
    const std::string_view text = inner.text;
    auto placeholder = Placeholder::parse(text.substr(open + 2, close - open - 2), names_);
    if (!placeholder) {
      TemplateError& wrong = placeholder.error();
      const std::size_t first = open + 2 + wrong.offset;
      wrong.length =
          inner.origin[std::min(first + wrong.length, text.size())] - inner.origin[first];
      wrong.offset = inner.origin[first];
      return std::move(wrong);
    }
    made_.add_hole({std::move(*placeholder), Encoding::json, form});
    return std::nullopt;
  }

  std::string_view document_;
  const Names& names_;
  Template made_;
};

tl::expected<Template, TemplateError> Template::compile_json(std::string_view document,
                                                             const Names& names) {
  return JsonTemplateCompiler(document, names).compile();
}

}  // namespace loadgate::plan
