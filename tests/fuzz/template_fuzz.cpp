// Any text compiles to a template or says where it is wrong; what compiles can be filled.

#include <array>
#include <cassert>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/random.h"
#include "plan/json_path.h"
#include "plan/regex.h"
#include "plan/template.h"

namespace {

using namespace loadgate::plan;

const Names& names() {
  static const Names all = [] {
    Names made;
    made.declare("v");
    made.declare("token");
    made.declare_data({"rows", {"name", "home.city"}});
    return made;
  }();
  return all;
}

void fill(const tl::expected<Template, TemplateError>& made, std::string_view text) {
  if (!made) {
    assert(!made.error().text.empty() && made.error().offset <= text.size());
    return;
  }
  static const std::array<Value, 2> variables{Value{Value::Kind::text, "a\"\r\n%/é"},
                                              Value{Value::Kind::json, "{\"x\":1}"}};
  static const Row row{{{Value::Kind::text, "ada"}, {Value::Kind::json, "null"}},
                       {Value::Kind::json, "{}"}};
  const std::array<const Row*, 1> rows{&row};
  loadgate::Random random(1);
  std::string out;
  made->fill({.variables = variables, .rows = rows, .random = &random, .user_id = 1}, out);
  assert(!made->is_constant() || out == made->constant());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  // random_string(1000000) a hundred times is no fault of the parser.
  if (size > 4096) return 0;
  fill(Template::compile(text, names(), Encoding::header), text);
  fill(Template::compile_path(text, names()), text);
  fill(Template::compile_form(text, names()), text);
  fill(Template::compile_json(text, names()), text);
  const auto path = JsonPath::compile(text);
  assert(path || path.error().offset <= text.size());
  const auto regex = Regex::compile(text);
  if (regex) regex->find("a body with id=42 and \xFF");
  return 0;
}
