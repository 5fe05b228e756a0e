#include "reader/openapi_operation.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <utility>

#include "base/text.h"
#include "reader/openapi_document.h"

namespace loadgate::reader {
namespace {

using Json = nlohmann::ordered_json;
using Kind = SketchValue::Kind;

// The first of "example" and "examples", of a parameter or a body; null if there is none.
const Json& given_example(const Json& holder, const Json& document) {
  const Json& example = member(holder, "example", document);
  if (!example.is_null()) return example;
  const Json& examples = member(holder, "examples", document);
  if (examples.is_array() && !examples.empty()) return examples.front();
  if (!examples.is_object() || examples.empty()) return example;
  return member(resolved(examples.front(), document), "value", document);
}

bool is_word(const Json& value) {
  constexpr std::string_view kLetters =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-";
  return value.is_number_integer() ||
         (value.is_string() && !value.get_ref<const std::string&>().empty() &&
          value.get_ref<const std::string&>().find_first_not_of(kLetters) == std::string::npos);
}

// "{{ random_choice(a, b) }}" of an enum of words; empty for others.
std::string choice_of(const Json& schema, const Json& document) {
  const Json& values = member(schema, "enum", document);
  if (!values.is_array() || values.size() < 2) return {};
  if (!std::all_of(values.begin(), values.end(), is_word)) return {};
  std::vector<std::string> words;
  for (const Json& value : values) {
    words.push_back(value.is_string() ? value.get<std::string>() : value.dump());
  }
  return fmt::format("{{{{ random_choice({}) }}}}", fmt::join(words, ", "));
}

class OperationSketch {
 public:
  OperationSketch(const Operation& operation, const Json& document, SecretBox& secrets)
      : operation_(operation), document_(document), secrets_(secrets), values_(document, secrets) {}

  SketchRequest make() {
    request_.method = operation_.method;
    take_remarks();
    take_path();
    for (const Json* parameter : parameters_in("query")) take_query(*parameter);
    for (const Json* parameter : parameters_in("header")) take_header(*parameter);
    take_security();
    const bool has_example = take_body();
    const bool writes =
        operation_.method != plan::Method::get && operation_.method != plan::Method::head;
    if (writes && !has_example) leave_out("It writes, and the description has no example for it");
    if (has_flag("deprecated")) leave_out("It is deprecated");
    return std::move(request_);
  }

 private:
  const Json& of(const Json& object, std::string_view key) const {
    return member(object, key, document_);
  }
  bool has_flag(std::string_view key) const { return of(*operation_.description, key) == true; }

  void leave_out(std::string_view why) {
    request_.is_left_out = true;
    request_.remarks.push_back(fmt::format("{}: look it over and uncomment it.", why));
  }

  void take_remarks() {
    const std::string summary = text_member(*operation_.description, "summary", document_);
    if (!summary.empty()) request_.remarks.emplace_back(truncated(summary, 90));
  }

  // An operation's parameter stands for the path's of the same name and place.
  std::vector<const Json*> parameters_in(std::string_view place) const {
    std::vector<const Json*> found;
    for (const Json* owner : {operation_.description, operation_.shared}) {
      const Json& list = of(*owner, "parameters");
      if (!list.is_array()) continue;
      for (const Json& one : list) {
        const Json& parameter = resolved(one, document_);
        const bool is_new = std::none_of(found.begin(), found.end(), [&](const Json* known) {
          return text_member(*known, "name", document_) ==
                 text_member(parameter, "name", document_);
        });
        if (is_new && text_member(parameter, "in", document_) == place) {
          found.push_back(&parameter);
        }
      }
    }
    return found;
  }

  bool has_value(const Json& parameter) const {
    const Json& schema = of(parameter, "schema");
    return !given_example(parameter, document_).is_null() ||
           !given_example(schema, document_).is_null() || of(schema, "enum").is_array();
  }

  std::string value_of(const Json& parameter) {
    const std::string name = text_member(parameter, "name", document_);
    if (const Json& example = given_example(parameter, document_); !example.is_null()) {
      return text_of(values_.of_value(example, name));
    }
    const Json& schema = of(parameter, "schema");
    if (std::string choice = choice_of(schema, document_); !choice.empty()) return choice;
    return text_of(values_.of_schema(schema, name));
  }

  // The path's parameter of this name, null if the description forgot it.
  const Json& path_parameter(std::string_view name) const {
    static const Json nothing;
    for (const Json* parameter : parameters_in("path")) {
      if (text_member(*parameter, "name", document_) == name) return *parameter;
    }
    return nothing;
  }

  // A value for every {parameter}; reports show their names instead.
  void take_path() {
    std::string_view rest = operation_.path;
    std::string name;
    std::vector<std::string> made_up;
    while (!rest.empty()) {
      const std::size_t open = rest.find('{');
      const std::size_t close = rest.find('}', std::min(open, rest.size()));
      const std::string_view literal = rest.substr(0, close < rest.size() ? open : rest.size());
      name += literal_text(literal);
      if (literal.size() == rest.size()) {
        request_.path += literal_text(literal);
        break;
      }
      request_.path += literal_before_placeholder(literal);
      const std::string word(rest.substr(open + 1, close - open - 1));
      const Json& parameter = path_parameter(word);
      request_.path += parameter.is_null() ? "{{ random_string(8) }}" : value_of(parameter);
      name += ":" + word;
      if (!has_value(parameter)) made_up.push_back(word);
      rest.remove_prefix(close + 1);
    }
    if (!made_up.empty()) {
      request_.remarks.push_back(
          fmt::format("Made up: {}. Choose values that exist.", fmt::join(made_up, ", ")));
    }
    if (name == operation_.path) return;
    request_.name = std::string(plan::name_of(request_.method)) + " " + name;
  }

  void take_query(const Json& parameter) {
    if (of(parameter, "required") != true && !has_value(parameter)) return;
    request_.query.emplace_back(text_member(parameter, "name", document_), value_of(parameter));
  }

  void take_header(const Json& parameter) {
    const std::string name = text_member(parameter, "name", document_);
    // OpenAPI says itself that these three are described elsewhere.
    const std::string known = lower(name);
    const bool is_ignored =
        known == "accept" || known == "content-type" || known == "authorization";
    if (is_ignored || of(parameter, "required") != true) return;
    request_.headers.emplace_back(name, value_of(parameter));
  }

  // The first way in that the description offers.
  void take_security() {
    const Json& own = of(*operation_.description, "security");
    const Json& ways = own.is_array() ? own : of(document_, "security");
    if (!ways.is_array() || ways.empty() || !ways.front().is_object()) return;
    const Json& schemes = of(of(document_, "components"), "securitySchemes");
    for (const auto& [name, scopes] : ways.front().items()) take_scheme(of(schemes, name));
  }

  void take_scheme(const Json& scheme) {
    const std::string type = text_member(scheme, "type", document_);
    const std::string how = lower(text_member(scheme, "scheme", document_));
    if (type == "apiKey") {
      take_api_key(scheme);
    } else if (type == "http" && how == "basic") {
      request_.auth.user = secrets_.placeholder("auth_user");
      request_.auth.password = secrets_.placeholder("password");
    } else if (type == "oauth2" || type == "openIdConnect" || (type == "http" && how == "bearer")) {
      request_.auth.bearer = secrets_.placeholder("token");
    }
  }

  void take_api_key(const Json& scheme) {
    const std::string name = text_member(scheme, "name", document_);
    const std::string place = text_member(scheme, "in", document_);
    const std::string key = secrets_.placeholder("api_key");
    if (place == "query") request_.query.emplace_back(name, key);
    if (place == "header") request_.headers.emplace_back(name, key);
    if (place == "cookie") request_.headers.emplace_back("Cookie", name + "=" + key);
  }

  // Whether the description has an example for it.
  bool take_body() {
    const Json& content = of(of(*operation_.description, "requestBody"), "content");
    if (!content.is_object() || content.empty()) return false;
    auto chosen = content.begin();
    for (auto one = content.begin(); one != content.end(); ++one) {
      if (rank_of(one.key()) < rank_of(chosen.key())) chosen = one;
    }
    const Json& media = resolved(chosen.value(), document_);
    const Json& schema = of(media, "schema");
    const Json& example = given_example(media, document_);
    const Json& of_schema = given_example(schema, document_);
    const bool has_example = !example.is_null() || !of_schema.is_null();
    const SketchValue value = !example.is_null()     ? values_.of_value(example)
                              : !of_schema.is_null() ? values_.of_value(of_schema)
                                                     : values_.of_schema(schema);
    take_body(chosen.key(), value);
    return has_example;
  }

  // Which of several types a plan writes best.
  static int rank_of(const std::string& type) {
    if (type == "application/json") return 0;
    if (type.ends_with("json")) return 1;
    return type == "application/x-www-form-urlencoded" ? 2 : 3;
  }

  void take_body(const std::string& type, const SketchValue& value) {
    const int rank = rank_of(type);
    if (rank == 2 && value.kind == Kind::map) {
      for (const auto& [name, field] : value.members) {
        request_.form.emplace_back(name, text_of(field));
      }
      return;
    }
    if (rank > 0) request_.headers.emplace_back("Content-Type", type);
    if (rank <= 1) {
      request_.json = value;
    } else if (value.kind == Kind::text && type.starts_with("text/")) {
      request_.body = value.text;
    } else {
      request_.remarks.push_back(fmt::format("Write its body, of type {}.", type));
      request_.is_left_out = true;
    }
  }

  const Operation& operation_;
  const Json& document_;
  SecretBox& secrets_;
  SchemaExample values_;
  SketchRequest request_;
};

}  // namespace

SketchRequest request_of(const Operation& operation, const Json& document, SecretBox& secrets) {
  return OperationSketch(operation, document, secrets).make();
}

}  // namespace loadgate::reader
