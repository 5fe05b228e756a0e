#include "reader/read_request.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/hash.h"
#include "reader/load_hash.h"
#include "reader/read_variables.h"
#include "reader/request_headers.h"
#include "reader/request_url.h"
#include "reader/values.h"

namespace loadgate::reader {
namespace {

void read_status(const Field& field, plan::StatusRule& rule) {
  const YamlNode& value = field.value();
  const bool is_class = value.text.size() == 3 && value.text.ends_with("xx");
  if (value.kind == YamlNode::Kind::sequence || is_class) {
    field.complain("several statuses are not supported yet", "write one, for example status: 201");
    return;
  }
  const auto status = read_whole_number(field, 100, 599);
  if (status) rule = plan::StatusRule(static_cast<int>(*status));
}

constexpr std::array<Key<plan::StatusRule>, 6> kExpectKeys{{
    {{"status", "a status", "below 400", "The one status that is right.", "status: 201"},
     read_status},
    later<plan::StatusRule>("json"),
    later<plan::StatusRule>("header"),
    later<plan::StatusRule>("contains"),
    later<plan::StatusRule>("matches"),
    later<plan::StatusRule>("within"),
}};

// The node of a map, or nullptr with a complaint.
const YamlNode* map_of(const Entry* entry, std::string_view example, Draft& draft) {
  if (entry == nullptr) return nullptr;
  const KeyText key{entry->key, "a map of names and values", {}, {}, example};
  return expect({key, *entry, draft}, YamlNode::Kind::map) ? &entry->value : nullptr;
}

bool begins_with_word(std::string_view text, std::string_view word) {
  return text.starts_with(word) && (text.size() == word.size() || text[word.size()] == ' ');
}

class RequestReader {
 public:
  RequestReader(const Item& item, plan::Role role, const plan::Names& names, Draft& draft)
      : item_(item), names_(names), draft_(draft) {
    request_.role = role;
  }

  std::size_t add() {
    check_exclusive();
    request_.id = draft_.plan.requests.size();
    request_.method = item_.methods.front().method;
    request_.place = draft_.problems.place(item_.methods.front().entry->value.span);
    request_.timeout = draft_.plan.http.timeout;
    const YamlNode* query = map_of(item_.query, "query: { page: 2 }", draft_);
    request_.url = compile_url(*item_.methods.front().entry,
                               query != nullptr ? item_.query : nullptr, names_, draft_);
    const std::string_view content_type = compile_body();
    const YamlNode* headers = map_of(item_.headers, "headers: { Accept: text/html }", draft_);
    request_.headers = compile_headers(headers, content_type, names_, draft_);
    compile_captures();
    if (item_.expect != nullptr) {
      read_object(item_.expect->value, "\"expect\"", kExpectKeys, request_.expect.status, draft_);
    }
    request_.name_id = find_or_add_name();
    draft_.plan.requests.push_back(std::move(request_));
    return draft_.plan.requests.size() - 1;
  }

 private:
  void check_exclusive() {
    if (item_.methods.size() > 1) {
      draft_.problems.add(item_.methods[1].entry->key_span, "a request has one method",
                          fmt::format("\"{}\" is given too", item_.methods[0].entry->key));
    }
    const Entry* first = nullptr;
    for (const Entry* body : {item_.json, item_.form, item_.body}) {
      if (body != nullptr && first != nullptr) {
        draft_.problems.add(body->key_span, "a request has one body",
                            fmt::format("\"{}\" is given too", first->key));
        return;
      }
      if (body != nullptr) first = body;
    }
  }

  // The content type that goes with the kind of body.
  std::string_view compile_body() {
    if (item_.json != nullptr) {
      request_.body = compile_json_body(item_.json->value, names_, draft_);
      return "application/json";
    }
    if (item_.form != nullptr) {
      const YamlNode* form = map_of(item_.form, "form: { user: ada }", draft_);
      if (form != nullptr) request_.body = compile_form_map(*form, names_, draft_);
      return "application/x-www-form-urlencoded";
    }
    if (item_.body != nullptr) {
      request_.body = compile(*item_.body, TextKind::body, names_, draft_);
    }
    return {};
  }

  void compile_captures() {
    const YamlNode* captures = map_of(item_.capture, "capture: { cart_id: \"$.id\" }", draft_);
    if (captures == nullptr) return;
    for (const Entry& entry : captures->entries) {
      if (is_good_variable_name(entry, draft_)) compile_capture(entry);
    }
  }

  void compile_capture(const Entry& entry) {
    const YamlNode& value = entry.value;
    if (value.kind == YamlNode::Kind::broken) return;
    if (value.kind != YamlNode::Kind::scalar) {
      draft_.problems.add(value.span, "a capture is a JSON path", "for example \"$.id\"");
      return;
    }
    for (const std::string_view word : {"header", "cookie", "regex"}) {
      if (!begins_with_word(value.text, word)) continue;
      draft_.problems.add(value.span, fmt::format("captures by {} are not supported yet", word),
                          "write a JSON path, for example \"$.id\"");
      return;
    }
    auto path = plan::JsonPath::compile(value.text);
    if (!path) {
      draft_.problems.add(draft_.problems.inside(value, path.error().offset, 1), path.error().text,
                          "for example \"$.items[0].id\"");
      return;
    }
    request_.captures.push_back({entry.key, names_.find(entry.key), std::move(*path)});
  }

  std::string name() const {
    if (item_.name != nullptr) {
      const KeyText key{"name", "a text", {}, {}, "name: /products/:id"};
      return read_text({key, *item_.name, draft_}).value_or("");
    }
    const MethodLine& line = item_.methods.front();
    return fmt::format("{} {}", plan::name_of(line.method), line.entry->value.written);
  }

  // The name's hash covers all requests of it, in the plan's order.
  std::size_t find_or_add_name() {
    const std::string text = name();
    auto& names = draft_.plan.request_names;
    auto known = std::find_if(names.begin(), names.end(), [&](const plan::RequestName& one) {
      return one.text == text && one.role == request_.role;
    });
    if (known == names.end()) known = names.insert(known, {text, request_.role, {}});
    known->load_hash = fingerprint_of(known->load_hash + load_text_of(item_, draft_));
    return static_cast<std::size_t>(known - names.begin());
  }

  const Item& item_;
  const plan::Names& names_;
  Draft& draft_;
  plan::Request request_;
};

}  // namespace

std::size_t add_request(const Item& item, plan::Role role, const plan::Names& names, Draft& draft) {
  return RequestReader(item, role, names, draft).add();
}

}  // namespace loadgate::reader
