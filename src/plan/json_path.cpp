#include "plan/json_path.h"

#include <charconv>
#include <nlohmann/json.hpp>
#include <utility>

namespace loadgate::plan {
namespace {

using Failure = tl::unexpected<JsonPath::Error>;
using Step = std::variant<std::string, std::ptrdiff_t>;

Failure failed(std::size_t offset, std::string text) {
  return Failure(JsonPath::Error{offset, std::move(text)});
}

// Takes steps off the front of a path; `at` counts bytes of the whole.
class Scanner {
 public:
  explicit Scanner(std::string_view text) : text_(text) {}

  bool is_done() const { return at_ >= text_.size(); }

  tl::expected<Step, JsonPath::Error> next() {
    if (text_[at_] == '.') return name_after_dot();
    if (text_[at_] == '[') return brackets();
    return failed(at_, "expected \".name\" or \"[0]\" here");
  }

 private:
  tl::expected<Step, JsonPath::Error> name_after_dot() {
    const std::size_t begin = at_ + 1;
    if (begin < text_.size() && (text_[begin] == '.' || text_[begin] == '*')) {
      return failed(begin, "a path means one value; \"..\" and \"*\" are not supported");
    }
    const std::size_t end = std::min(text_.find_first_of(".[", begin), text_.size());
    if (end == begin) return failed(at_, "a name is missing behind \".\"");
    at_ = end;
    return Step(std::string(text_.substr(begin, end - begin)));
  }

  tl::expected<Step, JsonPath::Error> brackets() {
    const std::size_t begin = at_ + 1;
    if (begin < text_.size() && (text_[begin] == '\'' || text_[begin] == '"')) return quoted(begin);
    const std::size_t close = text_.find(']', begin);
    if (close == std::string_view::npos) return failed(at_, "\"[\" is never closed");
    const std::string_view inside = text_.substr(begin, close - begin);
    std::ptrdiff_t index = 0;
    const auto [end, error] = std::from_chars(inside.data(), inside.data() + inside.size(), index);
    if (error != std::errc() || end != inside.data() + inside.size()) {
      return failed(begin, "in brackets stands a whole number or a 'name' in quotes");
    }
    at_ = close + 1;
    return Step(index);
  }

  tl::expected<Step, JsonPath::Error> quoted(std::size_t quote) {
    const std::size_t close = text_.find(text_[quote], quote + 1);
    if (close == std::string_view::npos || text_.substr(close + 1, 1) != "]") {
      return failed(quote, "the quoted name does not end with its quote and \"]\"");
    }
    at_ = close + 2;
    return Step(std::string(text_.substr(quote + 1, close - quote - 1)));
  }

  std::string_view text_;
  std::size_t at_ = 1;
};

const nlohmann::json* child(const nlohmann::json& parent, const std::string& name) {
  if (!parent.is_object()) return nullptr;
  const auto found = parent.find(name);
  return found == parent.end() ? nullptr : &*found;
}

const nlohmann::json* child(const nlohmann::json& parent, std::ptrdiff_t index) {
  if (!parent.is_array()) return nullptr;
  const auto size = static_cast<std::ptrdiff_t>(parent.size());
  const std::ptrdiff_t from_start = index < 0 ? size + index : index;
  if (from_start < 0 || from_start >= size) return nullptr;
  return &parent[static_cast<std::size_t>(from_start)];
}

}  // namespace

tl::expected<JsonPath, JsonPath::Error> JsonPath::compile(std::string_view text) {
  if (text.empty() || text.front() != '$') return failed(0, "a JSON path begins with \"$\"");
  JsonPath path;
  path.source_ = text;
  Scanner scanner(text);
  while (!scanner.is_done()) {
    auto step = scanner.next();
    if (!step) return tl::unexpected(std::move(step.error()));
    path.steps_.push_back(std::move(*step));
  }
  return path;
}

const nlohmann::json* JsonPath::find(const nlohmann::json& document) const {
  const nlohmann::json* at = &document;
  for (const auto& step : steps_) {
    at = std::visit([&](const auto& key) { return child(*at, key); }, step);
    if (at == nullptr) return nullptr;
  }
  return at;
}

Value value_of(const nlohmann::json& found) {
  if (const auto* text = found.get_ptr<const std::string*>()) return {Value::Kind::text, *text};
  return {Value::Kind::json, found.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace)};
}

}  // namespace loadgate::plan
