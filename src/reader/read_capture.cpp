#include "reader/read_capture.h"

#include <fmt/format.h>

#include <optional>
#include <string_view>
#include <utility>

#include "base/text.h"
#include "reader/compile.h"
#include "reader/read_variables.h"
#include "reader/request_headers.h"
#include "reader/values.h"

namespace loadgate::reader {
namespace {

using From = decltype(plan::Capture::from);

constexpr std::string_view kHint = R"(write "$.id", header X-Id, cookie sid or regex 'id=(\d+)')";

class CaptureReader {
 public:
  CaptureReader(const YamlNode& value, Draft& draft)
      : value_(value), text_(trimmed(value.text)), draft_(draft) {}

  std::optional<From> read() const {
    const std::size_t blank = text_.find(' ');
    const std::string_view word = text_.substr(0, blank);
    const std::string_view rest = trimmed(text_.substr(std::min(blank, text_.size())));
    if (word == "header") return named<plan::FromHeader>(rest, "header", "header X-Id");
    if (word == "cookie") return named<plan::FromCookie>(rest, "cookie", "cookie sid");
    if (word == "regex") return regex(rest);
    if (text_.starts_with('$')) return found(compile_json_path(value_, text_, draft_));
    return complain(text_, fmt::format("\"{}\" is not a capture", value_.written), kHint);
  }

 private:
  template <class What>
  static std::optional<From> found(std::optional<What> what) {
    if (!what) return std::nullopt;
    return From(std::move(*what));
  }

  std::nullopt_t complain(std::string_view at, std::string text, std::string_view hint) const {
    const auto offset = static_cast<std::size_t>(at.data() - value_.text.data());
    draft_.problems.add(draft_.problems.inside(value_, offset, std::max<std::size_t>(at.size(), 1)),
                        std::move(text), std::string(hint));
    return std::nullopt;
  }

  // Cookies are named by the same characters as headers (RFC 6265, section 4.1.1).
  template <class What>
  std::optional<From> named(std::string_view name, std::string_view what,
                            std::string_view example) const {
    if (name.empty()) {
      return complain(text_, fmt::format("the capture names no {}", what),
                      fmt::format("for example {}", example));
    }
    if (is_header_name(name)) return From(What{std::string(name)});
    return complain(name, fmt::format("no {} has such a name", what),
                    fmt::format("for example {}", example));
  }

  std::optional<From> regex(std::string_view pattern) const {
    constexpr std::string_view kExample = R"(for example regex 'id=(\d+)')";
    if (pattern.empty()) {
      return complain(text_, "the capture has no regular expression", kExample);
    }
    const char quote = pattern.front();
    if (quote != '"' && quote != '\'') return found(compile_regex(value_, pattern, draft_));
    const std::size_t close = pattern.find(quote, 1);
    if (close == std::string_view::npos) {
      return complain(pattern, "the quote is never closed", kExample);
    }
    // Two readings are possible, and one of them never matches.
    if (close + 1 != pattern.size()) {
      return complain(pattern,
                      fmt::format("the expression holds the {} that it is quoted with", quote),
                      "put the other kind of quote around all of it");
    }
    return found(compile_regex(value_, pattern.substr(1, close - 1), draft_));
  }

  const YamlNode& value_;
  std::string_view text_;
  Draft& draft_;
};

}  // namespace

std::vector<plan::Capture> read_captures(const Field& field, const plan::Names& names) {
  std::vector<plan::Capture> captures;
  if (!expect(field, YamlNode::Kind::map)) return captures;
  for (const Entry& entry : field.value().entries) {
    const YamlNode& value = entry.value;
    if (!is_good_variable_name(entry, field.draft) || value.kind == YamlNode::Kind::broken) {
      continue;
    }
    if (value.kind != YamlNode::Kind::scalar) {
      field.draft.problems.add(value.span, "a capture is one text", std::string(kHint));
      continue;
    }
    auto from = CaptureReader(value, field.draft).read();
    if (from) captures.push_back({entry.key, names.find(entry.key), std::move(*from)});
  }
  return captures;
}

}  // namespace loadgate::reader
