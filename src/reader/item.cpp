#include "reader/item.h"

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
      "How reports and thresholds call the request; one name may group several.",
      "name: /products/:id"},
     take<&Item::name>},
    {{"query", "a map of names and values", "", "Parameters of the URL, encoded.",
      "query: { page: 2 }"},
     take<&Item::query>},
    {{"headers", "a map of names and texts", "", "Headers of this request.",
      "headers: { Accept: text/html }"},
     take<&Item::headers>},
    {{"json", "any value", "", "The body, written as JSON.", "json: { quantity: 1 }"},
     take<&Item::json>},
    {{"form", "a map of names and values", "", "The body, as an HTML form sends it.",
      "form: { user: ada }"},
     take<&Item::form>},
    {{"body", "a text", "", "The body, as it is.", "body: hello"}, take<&Item::body>},
    {{"capture", "a map of names and JSON paths", "",
      "Values of the response that later requests of the user can use.",
      "capture: { cart_id: \"$.id\" }"},
     take<&Item::capture>},
    {{"expect", "a map", "a status below 400", "What the response must be, or the request failed.",
      "expect: { status: 201 }"},
     take<&Item::expect>},
    later<Item>("file"),
    later<Item>("multipart"),
    later<Item>("auth"),
    later<Item>("was"),
}};

constexpr std::array<Key<Item>, 2> kTaskOnlyKeys{{
    {{"weight", "a whole number", "1", "How often the task is drawn, compared with the others.",
      "weight: 2"},
     read_weight},
    {{"steps", "a list of requests and waits", "", "A task of several requests, in order.",
      "steps: [{ get: /a }, { wait: 2s }, { get: /b }]"},
     take<&Item::steps>},
}};

constexpr std::array<Key<Item>, 1> kStepOnlyKeys{{
    {{"wait", "a duration or a range", "", "A rest between two requests.", "wait: 2s"},
     take<&Item::wait>},
}};

constexpr auto kTaskKeys = joined(kTaskOnlyKeys, kRequestKeys);
constexpr auto kStepKeys = joined(kStepOnlyKeys, kRequestKeys);

}  // namespace

const Entry* Item::request_entry() const {
  if (!methods.empty()) return methods.front().entry;
  for (const Entry* entry : {query, headers, json, form, body, capture, expect}) {
    if (entry != nullptr) return entry;
  }
  return nullptr;
}

bool read_item(const YamlNode& node, ItemKind kind, Item& item, Draft& draft) {
  item.node = &node;
  return kind == ItemKind::task ? read_object(node, "a task", kTaskKeys, item, draft)
                                : read_object(node, "a step", kStepKeys, item, draft);
}

}  // namespace loadgate::reader
