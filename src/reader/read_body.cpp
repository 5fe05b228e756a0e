#include "reader/read_body.h"

#include <fmt/format.h>

#include <utility>
#include <vector>

#include "reader/body_file.h"
#include "reader/compile.h"
#include "reader/read_multipart.h"
#include "reader/request_url.h"
#include "reader/values.h"

namespace loadgate::reader {
namespace {

void check_bodies(const std::vector<const Entry*>& bodies, const Item& item, Draft& draft) {
  if (bodies.size() > 1) {
    draft.problems.add(bodies[1]->key_span, "a request has one body",
                       fmt::format("\"{}\" is given too", bodies[0]->key));
  }
  if (item.methods.front().method == plan::Method::head) {
    draft.problems.add(bodies[0]->key_span, "a HEAD request has no body", "remove it");
  }
}

Body body_of_form(const Field& form, const plan::Names& names) {
  Body body{{}, {"application/x-www-form-urlencoded"}, {}};
  if (expect(form, YamlNode::Kind::map)) {
    body.text = compile_form_map(form.value(), names, form.draft);
  }
  return body;
}

Body body_of_file(const Field& file) {
  auto content = read_body_file(file);
  if (!content) return {};
  Body body{plan::Template(), {std::string(content_type_of(file.value().text))}, {}};
  body.text->append(*content);
  body.files = std::move(*content);
  return body;
}

Body body_of_multipart(const Field& multipart, const plan::Names& names) {
  Multipart made = read_multipart(multipart, names);
  return {std::move(made.body),
          {"multipart/form-data; boundary=" + made.boundary, &multipart.entry},
          std::move(made.files)};
}

}  // namespace

Body read_body(const Item& item, const plan::Names& names, Draft& draft) {
  const std::vector<const Entry*> bodies = item.bodies();
  if (bodies.empty()) return {};
  check_bodies(bodies, item, draft);
  const Entry& first = *bodies.front();
  if (&first == item.json) {
    return {compile_json_body(first.value, names, draft), {"application/json"}, {}};
  }
  if (&first == item.form) return body_of_form(field_of(first, draft), names);
  if (&first == item.file) return body_of_file(field_of(first, draft));
  if (&first == item.multipart) return body_of_multipart(field_of(first, draft), names);
  return {compile(first, TextKind::body, names, draft), {}, {}};
}

}  // namespace loadgate::reader
