#include "plan/regex.h"

#include <re2/re2.h>

#include <algorithm>
#include <array>

namespace loadgate::plan {
namespace {

re2::StringPiece piece(std::string_view text) { return {text.data(), text.size()}; }

// RE2 says which part of the pattern it means, not where that stands.
Regex::Error error_of(const re2::RE2& broken, std::string_view pattern) {
  const std::string& part = broken.error_arg();
  const std::size_t at = part.empty() ? std::string_view::npos : pattern.find(part);
  const bool is_known = at != std::string_view::npos;
  return {is_known ? at : 0, std::max<std::size_t>(is_known ? part.size() : pattern.size(), 1),
          broken.error()};
}

}  // namespace

tl::expected<Regex, Regex::Error> Regex::compile(std::string_view pattern) {
  re2::RE2::Options options;
  options.set_log_errors(false);
  auto compiled = std::make_shared<const re2::RE2>(piece(pattern), options);
  if (!compiled->ok()) return tl::unexpected(error_of(*compiled, pattern));
  Regex regex;
  regex.source_ = pattern;
  regex.compiled_ = std::move(compiled);
  return regex;
}

// Without groups to find, RE2 needs one pass less.
bool Regex::matches(std::string_view text) const {
  return compiled_->Match(piece(text), 0, text.size(), re2::RE2::UNANCHORED, nullptr, 0);
}

std::optional<std::string_view> Regex::find(std::string_view text) const {
  std::array<re2::StringPiece, 2> found;
  const int wanted = compiled_->NumberOfCapturingGroups() > 0 ? 2 : 1;
  if (!compiled_->Match(piece(text), 0, text.size(), re2::RE2::UNANCHORED, found.data(), wanted)) {
    return std::nullopt;
  }
  const re2::StringPiece& part = found[static_cast<std::size_t>(wanted) - 1];
  if (part.data() == nullptr) return std::nullopt;
  return std::string_view(part.data(), part.size());
}

}  // namespace loadgate::plan
