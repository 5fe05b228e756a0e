#pragma once

// Values made up from the schemas of a description: its examples where it has some, else
// something that fits. One object a description, one thread.

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "reader/secret_box.h"
#include "reader/sketch.h"

namespace loadgate::reader {

class SchemaExample {
 public:
  using Json = nlohmann::ordered_json;
  SchemaExample(const Json& document, SecretBox& secrets)
      : document_(document), secrets_(secrets) {}

  // A value the schema allows; of objects the required keys. `name` is the field's.
  SketchValue of_schema(const Json& schema, std::string_view name = {});
  // An example of the description, its secrets taken out.
  SketchValue of_value(const Json& value, std::string_view name = {}) const;

 private:
  struct Object;
  SketchValue of_resolved(const Json& schema, std::string_view name);
  SketchValue of_object(const Json& schema);
  void gather(const Json& schema, Object& object, int depth) const;
  SketchValue of_type(const std::string& type, const Json& schema, std::string_view name);
  std::string string_of(const Json& schema, std::string_view name) const;
  std::string type_of(const Json& schema) const;

  const Json& document_;
  SecretBox& secrets_;
  std::vector<const Json*> open_;  // Schemas that are being made: what comes round again ends.
  int values_ = 0;
};

// What a parameter or a form's field sends for a value: "a,b" of a list.
std::string text_of(const SketchValue& value);

}  // namespace loadgate::reader
