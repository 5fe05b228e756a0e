#include "metrics/json_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

namespace loadgate::metrics {

namespace {

using nlohmann::json;

std::string on_one_line(const json& value) {
  return value.dump(-1, ' ', false, json::error_handler_t::replace);
}

bool is_plain(const json& value) {
  return std::ranges::all_of(value, [](const json& inner) { return !inner.is_structured(); });
}

class PrettyWriter {
 public:
  void write(const json& value, bool is_listed) {
    const bool stands_on_one_line =
        !value.is_structured() || (is_plain(value) && (value.is_array() || is_listed));
    if (stands_on_one_line || value.empty()) {
      out_ += on_one_line(value);
    } else {
      write_inner(value);
    }
  }

  std::string& text() { return out_; }

 private:
  void write_inner(const json& value) {
    out_ += value.is_object() ? '{' : '[';
    ++depth_;
    const char* separator = "\n";
    for (auto inner = value.begin(); inner != value.end(); ++inner) {
      out_ += separator;
      out_.append(depth_, ' ');
      if (value.is_object()) out_ += on_one_line(json(inner.key())) + ": ";
      write(*inner, value.is_array());
      separator = ",\n";
    }
    --depth_;
    out_ += '\n';
    out_.append(depth_, ' ');
    out_ += value.is_object() ? '}' : ']';
  }

  std::string out_;
  std::size_t depth_ = 0;
};

}  // namespace

std::string pretty(const json& document) {
  PrettyWriter writer;
  writer.write(document, false);
  writer.text() += '\n';
  return std::move(writer.text());
}

Result<json> parse_json(std::string_view text) {
  try {
    return json::parse(text);
  } catch (const json::parse_error& error) {
    const std::string_view before = text.substr(0, std::max<std::size_t>(error.byte, 1) - 1);
    const auto line = 1 + std::ranges::count(before, '\n');
    const std::size_t column = before.size() - (before.rfind('\n') + 1) + 1;
    return failure(fmt::format("not JSON from line {}, column {} on", line, column));
  } catch (const json::exception&) {
    return failure("not JSON: a number is too large");
  }
}

}  // namespace loadgate::metrics
