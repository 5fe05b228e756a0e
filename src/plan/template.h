#pragma once

// Text with {{ … }} in it, compiled once when the plan is read and filled for every
// request. A compiled template is immutable and may be filled from any thread, each
// with a Scope of its own. Text without placeholders is_constant() and costs nothing.

#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include <tl/expected.hpp>

#include "plan/encoding.h"
#include "plan/names.h"
#include "plan/placeholder.h"

namespace loadgate::plan {

class Template {
 public:
  Template() = default;

  // REQUIRES: the literal parts of `text` are already encoded as they shall be sent.
  // Unknown names and functions, wrong argument counts, an open "{{" are errors.
  static tl::expected<Template, TemplateError> compile(std::string_view text, const Names& names,
                                                       Encoding encoding);

  // A path as people write it, its literal parts encoded too (append_path_literal).
  static tl::expected<Template, TemplateError> compile_path(std::string_view text,
                                                            const Names& names);
  // A query or form value as people write it, its literal parts encoded too.
  static tl::expected<Template, TemplateError> compile_form(std::string_view text,
                                                            const Names& names);

  // A JSON document as text (as nlohmann's dump() writes it) whose string literals may
  // hold placeholders: a literal that is one placeholder alone takes the value's own
  // type, within a longer one it is escaped. Errors give offsets into `document`.
  static tl::expected<Template, TemplateError> compile_json(std::string_view document,
                                                            const Names& names);

  // Joins templates into one: target, path and query become a URL.
  void append(const Template& next);
  void append(std::string_view literal);

  bool is_constant() const { return placeholders_ == 0; }
  const std::string& constant() const { return constant_; }  // REQUIRES: is_constant().

  // Appends to `out`; allocates nothing but what `out` needs to grow.
  void fill(const Scope& scope, std::string& out) const;
  std::string filled(const Scope& scope) const;  // Where speed is no matter.

  // The text as the plan has it.
  const std::string& source() const { return source_; }

  // Slots this template reads; for checks of the reader and for secrets.
  std::vector<std::size_t> slots() const;
  // Rows and fields of data this template reads; each as often as it stands there.
  std::vector<DataField> data_fields() const;

 private:
  enum class Form : std::uint8_t { text, json_value };
  struct Hole {
    Placeholder placeholder;
    Encoding encoding = Encoding::none;
    Form form = Form::text;
  };
  using Part = std::variant<std::string, Hole>;  // A std::string is literal text.
  enum class Literals : std::uint8_t { as_they_are, path, form };

  static tl::expected<Template, TemplateError> compile_parts(std::string_view text,
                                                             const Names& names, Encoding encoding,
                                                             Literals literals);
  friend class JsonTemplateCompiler;
  void add_literal(std::string_view encoded);
  void add_hole(Hole hole);

  std::string source_;
  std::string constant_;  // All literal parts; the whole text where there are no holes.
  std::vector<Part> parts_;
  std::size_t placeholders_ = 0;
};

// Where the "}}" stands that closes the "{{" at `open`, or npos. Quoted text between
// them may hold "}}".
std::size_t closing_braces(std::string_view text, std::size_t open);

}  // namespace loadgate::plan
