#pragma once

// Templates and JSON paths of the plan, compiled; their errors get the exact place.

#include <string_view>

#include "plan/json_path.h"
#include "plan/template.h"
#include "reader/draft.h"

namespace loadgate::reader {

// How a scalar of the plan becomes a template.
enum class TextKind { body, header, form, path };

// Complains and gives an empty template where `scalar` cannot be compiled. `text` is a
// part of the scalar's text.
plan::Template compile(const YamlNode& scalar, std::string_view text, TextKind kind,
                       const plan::Names& names, Draft& draft);

// The whole of it. Complains too where it is no scalar.
plan::Template compile(const Entry& entry, TextKind kind, const plan::Names& names, Draft& draft);

// Any YAML value as a JSON body.
plan::Template compile_json_body(const YamlNode& value, const plan::Names& names, Draft& draft);

}  // namespace loadgate::reader
