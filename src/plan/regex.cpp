#include "plan/regex.h"

#include <re2/re2.h>

#include <array>

namespace loadgate::plan {

tl::expected<Regex, std::string> Regex::compile(std::string_view pattern) {
  re2::RE2::Options options;
  options.set_log_errors(false);
  auto compiled =
      std::make_shared<const re2::RE2>(re2::StringPiece(pattern.data(), pattern.size()), options);
  if (!compiled->ok()) return tl::unexpected(compiled->error());
  Regex regex;
  regex.source_ = pattern;
  regex.compiled_ = std::move(compiled);
  return regex;
}

bool Regex::matches(std::string_view text) const { return find(text).has_value(); }

std::optional<std::string_view> Regex::find(std::string_view text) const {
  std::array<re2::StringPiece, 2> found;
  const int wanted = compiled_->NumberOfCapturingGroups() > 0 ? 2 : 1;
  const re2::StringPiece all(text.data(), text.size());
  if (!compiled_->Match(all, 0, all.size(), re2::RE2::UNANCHORED, found.data(), wanted)) {
    return std::nullopt;
  }
  const re2::StringPiece& part = found[static_cast<std::size_t>(wanted) - 1];
  return std::string_view(part.data(), part.size());
}

}  // namespace loadgate::plan
