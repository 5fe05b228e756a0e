#include "plan/names.h"

#include <algorithm>

namespace loadgate::plan {

std::size_t Names::declare(std::string_view name) {
  const std::size_t known = find(name);
  if (known != npos) return known;
  names_.emplace_back(name);
  return names_.size() - 1;
}

std::size_t Names::find(std::string_view name) const {
  const auto found = std::find(names_.begin(), names_.end(), name);
  // A hidden name leaves an empty slot behind, which nothing may find.
  if (found == names_.end() || name.empty()) return npos;
  return static_cast<std::size_t>(found - names_.begin());
}

Names Names::only(std::span<const std::string> visible) const {
  Names view = *this;
  for (std::string& name : view.names_) {
    if (std::find(visible.begin(), visible.end(), name) == visible.end()) name.clear();
  }
  return view;
}

bool is_variable_name(std::string_view name) {
  const auto is_letter = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
  };
  const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  if (name.empty() || !is_letter(name.front())) return false;
  if (name == "user" || name == "iteration" || name == "data") return false;
  return std::all_of(name.begin(), name.end(), [&](char c) { return is_letter(c) || is_digit(c); });
}

}  // namespace loadgate::plan
