#include "plan/template.h"

namespace loadgate::plan {

std::size_t closing_braces(std::string_view text, std::size_t open) {
  char quote = 0;
  for (std::size_t i = open + 2; i + 1 < text.size(); ++i) {
    const char c = text[i];
    if (quote != 0) {
      if (c == quote) quote = 0;
    } else if (c == '"' || c == '\'') {
      quote = c;
    } else if (c == '}' && text[i + 1] == '}') {
      return i;
    }
  }
  // A lone quote is no reason to overlook the braces.
  return quote == 0 ? std::string_view::npos : text.find("}}", open + 2);
}

void Template::add_literal(std::string_view encoded) {
  if (encoded.empty()) return;
  constant_ += encoded;
  if (parts_.empty() || !std::holds_alternative<std::string>(parts_.back())) {
    parts_.emplace_back(std::string());
  }
  std::get<std::string>(parts_.back()) += encoded;
}

void Template::add_hole(Hole hole) {
  parts_.emplace_back(std::move(hole));
  ++placeholders_;
}

void Template::append(std::string_view literal) {
  source_ += literal;
  add_literal(literal);
}

void Template::append(const Template& next) {
  source_ += next.source_;
  for (const Part& part : next.parts_) {
    if (const auto* literal = std::get_if<std::string>(&part)) {
      add_literal(*literal);
    } else {
      add_hole(std::get<Hole>(part));
    }
  }
}

tl::expected<Template, TemplateError> Template::compile_parts(std::string_view text,
                                                              const Names& names, Encoding encoding,
                                                              Literals literals) {
  Template made;
  made.source_ = text;
  std::string literal;
  std::size_t at = 0;
  while (at < text.size()) {
    const std::size_t open = text.find("{{", at);
    const std::string_view plain = text.substr(at, open - at);
    literal.clear();
    switch (literals) {
      case Literals::as_they_are:
        literal = plain;
        break;
      case Literals::path:
        append_path_literal(plain, literal);
        break;
      case Literals::form:
        append_encoded(plain, Encoding::form, literal);
        break;
    }
    made.add_literal(literal);
    if (open == std::string_view::npos) break;

    const std::size_t close = closing_braces(text, open);
    if (close == std::string_view::npos) {
      return tl::unexpected(TemplateError{open, 2, "\"{{\" is never closed", "close it with }}"});
    }
    auto placeholder = Placeholder::parse(text.substr(open + 2, close - open - 2), names);
    if (!placeholder) {
      placeholder.error().offset += open + 2;
      return tl::unexpected(std::move(placeholder.error()));
    }
    made.add_hole({std::move(*placeholder), encoding, Form::text});
    at = close + 2;
  }
  return made;
}

tl::expected<Template, TemplateError> Template::compile(std::string_view text, const Names& names,
                                                        Encoding encoding) {
  return compile_parts(text, names, encoding, Literals::as_they_are);
}

tl::expected<Template, TemplateError> Template::compile_path(std::string_view text,
                                                             const Names& names) {
  return compile_parts(text, names, Encoding::path, Literals::path);
}

tl::expected<Template, TemplateError> Template::compile_form(std::string_view text,
                                                             const Names& names) {
  return compile_parts(text, names, Encoding::form, Literals::form);
}

void Template::fill(const Scope& scope, std::string& out) const {
  if (is_constant()) {
    out += constant_;
    return;
  }
  for (const Part& part : parts_) {
    if (const auto* literal = std::get_if<std::string>(&part)) {
      out += *literal;
      continue;
    }
    const Hole& hole = std::get<Hole>(part);
    if (hole.form == Form::json_value) {
      hole.placeholder.append_json_value(scope, out);
    } else {
      hole.placeholder.append(scope, hole.encoding, out);
    }
  }
}

std::string Template::filled(const Scope& scope) const {
  std::string text;
  fill(scope, text);
  return text;
}

std::vector<std::size_t> Template::slots() const {
  std::vector<std::size_t> found;
  for (const Part& part : parts_) {
    const auto* hole = std::get_if<Hole>(&part);
    const auto slot = hole == nullptr ? std::nullopt : hole->placeholder.slot();
    if (slot) found.push_back(*slot);
  }
  return found;
}

std::vector<DataField> Template::data_fields() const {
  std::vector<DataField> found;
  for (const Part& part : parts_) {
    const auto* hole = std::get_if<Hole>(&part);
    const auto field = hole == nullptr ? std::nullopt : hole->placeholder.data();
    if (field) found.push_back(*field);
  }
  return found;
}

}  // namespace loadgate::plan
