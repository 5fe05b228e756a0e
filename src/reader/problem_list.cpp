#include "reader/problem_list.h"

#include <algorithm>
#include <tuple>
#include <utility>

namespace loadgate::reader {

const PlanText& ProblemList::add_text(std::string_view text, std::string file) {
  sources_.push_back({PlanText(text, sources_.size()), std::move(file)});
  return sources_.back().text;
}

Place ProblemList::place(Span span) const {
  const Source& source = sources_.at(span.text);
  return source.text.place(span, source.file);
}

void ProblemList::add(Span span, std::string text, std::string hint) {
  found_.push_back({span.text, {place(span), std::move(text), std::move(hint)}});
}

void ProblemList::add_on_command_line(std::string text, std::string hint) {
  found_.push_back({0, {{.file = "command line"}, std::move(text), std::move(hint)}});
}

Span ProblemList::inside(const YamlNode& scalar, std::size_t offset, std::size_t length) const {
  const std::size_t quote = scalar.is_plain ? 0 : 1;
  const std::size_t begin = scalar.span.offset + quote;
  const std::string_view text = sources_.at(scalar.span.text).text.text();
  const bool is_verbatim =
      !scalar.is_replaced && scalar.span.length > 1 && text.substr(begin).starts_with(scalar.text);
  return is_verbatim ? Span{begin + offset, length, scalar.span.text} : scalar.span;
}

Problems ProblemList::take() {
  const auto key = [](const Found& found) {
    return std::tie(found.source, found.problem.place.line, found.problem.place.column);
  };
  std::stable_sort(found_.begin(), found_.end(),
                   [&](const Found& a, const Found& b) { return key(a) < key(b); });
  // A header of `http` is compiled for every scenario and fails in each.
  const auto same = [&](const Found& a, const Found& b) {
    return key(a) == key(b) && a.problem.text == b.problem.text;
  };
  found_.erase(std::unique(found_.begin(), found_.end(), same), found_.end());
  Problems problems;
  for (Found& found : found_) problems.push_back(std::move(found.problem));
  found_.clear();
  return problems;
}

}  // namespace loadgate::reader
