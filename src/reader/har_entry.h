#pragma once

// One request of a recording and its answer, as plain values.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "reader/sketch.h"

namespace loadgate::reader {

struct HarEntry {
  std::string method;
  std::string origin;  // "https://shop.example"; empty for other schemes than http(s).
  std::string path;    // As in the URL, encoded; begins with "/".
  std::string query;   // Encoded, without "?".
  SketchFields headers;
  std::string resource;   // Chromium's word: "document", "xhr", "image"; may be empty.
  std::string body_type;  // "application/json", without parameters.
  std::string body;
  SketchFields form;  // Of a form, where the recording has it apart.
  int status = 0;
  std::string answer_type;
  std::string answer;                    // Empty where it is not text.
  std::vector<std::string> cookies_set;  // Names.
  std::optional<double> started;         // Seconds since 1970.
  double took = 0;                       // Seconds.

  // The value of a request header, whatever its case; empty where there is none.
  std::string header(std::string_view name) const;
};

// In the order in which they were sent.
Result<std::vector<HarEntry>> read_har_entries(std::string_view text, const std::string& file);

// "a=1&b=x+y" by name, decoded.
SketchFields decode_form(std::string_view text);

}  // namespace loadgate::reader
