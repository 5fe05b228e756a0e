#pragma once

// Templates, JSON paths and regular expressions of the plan, compiled; their errors get the
// exact place.

#include <optional>
#include <string_view>

#include "plan/json_path.h"
#include "plan/regex.h"
#include "plan/template.h"
#include "reader/draft.h"

namespace loadgate::reader {

// How a scalar of the plan becomes a template.
enum class TextKind { body, header, form, path };

// In all of these `text` is a part of the scalar's text.

// Complains and gives an empty template where `scalar` cannot be compiled.
plan::Template compile(const YamlNode& scalar, std::string_view text, TextKind kind,
                       const plan::Names& names, Draft& draft);

// The whole of it. Complains too where it is no scalar.
plan::Template compile(const Entry& entry, TextKind kind, const plan::Names& names, Draft& draft);

// Any YAML value as a JSON body.
plan::Template compile_json_body(const YamlNode& value, const plan::Names& names, Draft& draft);

std::optional<plan::JsonPath> compile_json_path(const YamlNode& scalar, std::string_view text,
                                                Draft& draft);
std::optional<plan::Regex> compile_regex(const YamlNode& scalar, std::string_view text,
                                         Draft& draft);

// Complains where `scalar` holds {{ … }} and nothing replaces it there; `where` is "names".
bool is_constant(const YamlNode& scalar, std::string_view where, Draft& draft);

// A key as if it were a value, for errors within it.
YamlNode scalar_of_key(const Entry& entry);

}  // namespace loadgate::reader
