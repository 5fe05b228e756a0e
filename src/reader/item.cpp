#include "reader/item.h"

#include <algorithm>
#include <cassert>

#include "reader/key_tables.h"
#include "reader/values.h"

namespace loadgate::reader {
namespace {

template <plan::Method method>
void take_method(const Field& field, Item& item) {
  item.methods.push_back({method, &field.entry});
}

template <const Entry* Item::*member>
void take(const Field& field, Item& item) {
  item.*member = &field.entry;
}

void read_weight(const Field& field, Item& item) {
  item.weight = &field.entry;
  item.weight_value = read_whole_number(field, 1, 1'000'000).value_or(1);
}

constexpr std::string_view kPath = "a path";
using plan::Method;

constexpr std::array<Key<Item>, 19> kRequestKeys{{
    {{"get", kPath, "", "Sends a GET request.", "get: /products/"}, take_method<Method::get>},
    {{"head", kPath, "", "Sends a HEAD request.", "head: /products/"}, take_method<Method::head>},
    {{"post", kPath, "", "Sends a POST request.", "post: /carts/"}, take_method<Method::post>},
    {{"put", kPath, "", "Sends a PUT request.", "put: /carts/1/"}, take_method<Method::put>},
    {{"patch", kPath, "", "Sends a PATCH request.", "patch: /carts/1/"},
     take_method<Method::patch>},
    {{"delete", kPath, "", "Sends a DELETE request.", "delete: /carts/1/"},
     take_method<Method::del>},
    {{"options", kPath, "", "Sends an OPTIONS request.", "options: /carts/"},
     take_method<Method::options>},
    {{"name", "a text", "the method and the path as written",
      "How reports and thresholds call the request; one name may group several. A task with "
      "steps is called so in problems only: reports show its requests.",
      "name: /products/:id"},
     take<&Item::name>},
    {{"was", "a text", "",
      "The request's name in older baselines, so that they still count after a renaming.",
      "was: GET /products/"},
     take<&Item::was>},
    {{"query", "a map of names and values", "", "Parameters of the URL, encoded.",
      "query: { page: 2 }"},
     take<&Item::query>},
    {{"headers", "a map of names and texts", "", "Headers of this request.",
      "headers: { Accept: text/html }"},
     take<&Item::headers>},
    {{"auth", "a map", "", "Who the user is: a bearer token, or a user and a password.",
      "auth: { bearer: \"{{ token }}\" }"},
     take<&Item::auth>},
    {{"json", "any value", "", "The body, written as JSON.", "json: { quantity: 1 }"},
     take<&Item::json>},
    {{"form", "a map of names and values", "", "The body, as an HTML form sends it.",
      "form: { user: ada }"},
     take<&Item::form>},
    {{"body", "a text", "", "The body, as it is.", "body: hello"}, take<&Item::body>},
    {{"file", "a path of a file", "",
      "The body, read from a file beside the plan's and sent as it is.", "file: order.xml"},
     take<&Item::file>},
    {{"multipart", "a map of names and texts or files", "",
      "The body, as an HTML form with files sends it.",
      "multipart: { title: Ada, photo: { file: pic.png } }"},
     take<&Item::multipart>},
    {{"capture", "a map of names and captures", "",
      "Values of the response that later requests of the user can use: a JSON path, a header, a "
      "cookie, or the first group of a regular expression.",
      "capture: { cart_id: \"$.id\", etag: header ETag, sid: cookie sid }"},
     take<&Item::capture>},
    {{"expect", "a map", "a status below 400", "What the response must be, or the request failed.",
      "expect: { status: 201 }"},
     take<&Item::expect>},
}};

constexpr std::array<Key<Item>, 3> kTaskOnlyKeys{{
    {{"weight", "a whole number", "1", "How often the task is drawn, compared with the others.",
      "weight: 2"},
     read_weight},
    {{"steps", "a list of requests and waits", "", "A task of several requests, in order.",
      "steps: [{ get: /a }, { wait: 2s }, { get: /b }]"},
     take<&Item::steps>},
    never<Item>("wait", "a task is a request or has steps; a wait is one of the steps",
                "write steps: [{ get: / }, { wait: 2s }], or the scenario's wait"),
}};

constexpr std::array<Key<Item>, 3> kStepOnlyKeys{{
    {{"wait", "a duration, a range or exponential", "", "A rest between two requests.", "wait: 2s"},
     take<&Item::wait>},
    never<Item>("weight", "\"weight\" has no meaning here: these are done in order",
                "only tasks are drawn by weight"),
    never<Item>("steps", "\"steps\" has no meaning here: these are done in order already",
                "write the steps out, one after the other"),
}};

constexpr auto kTaskKeys = joined(kTaskOnlyKeys, kRequestKeys);
constexpr auto kStepKeys = joined(kStepOnlyKeys, kRequestKeys);
constexpr auto kAllKeys = joined(kTaskOnlyKeys, kStepKeys);

}  // namespace

const Entry* Item::request_entry() const {
  if (!methods.empty()) return methods.front().entry;
  for (const Entry* entry :
       {was, query, headers, auth, json, form, body, file, multipart, capture, expect}) {
    if (entry != nullptr) return entry;
  }
  return nullptr;
}

std::vector<const Entry*> Item::bodies() const {
  std::vector<const Entry*> given;
  for (const Entry* entry : {json, form, body, file, multipart}) {
    if (entry != nullptr) given.push_back(entry);
  }
  return given;
}

bool read_item(const YamlNode& node, ItemKind kind, Item& item, Draft& draft) {
  item.node = &node;
  return kind == ItemKind::task ? read_object(node, "a task", kTaskKeys, item, draft)
                                : read_object(node, "a step", kStepKeys, item, draft);
}

Field field_of(const Entry& entry, Draft& draft) {
  const auto key = std::find_if(kAllKeys.begin(), kAllKeys.end(), [&](const Key<Item>& one) {
    return one.read != nullptr && one.text.name == entry.key;
  });
  assert(key != kAllKeys.end());
  return {key->text, entry, draft};
}

KeyTexts request_keys() { return texts_of(kRequestKeys); }
KeyTexts task_keys() { return texts_of(kTaskOnlyKeys); }
KeyTexts step_keys() { return texts_of(kStepOnlyKeys); }

}  // namespace loadgate::reader
