#include "reader/problem_list.h"

#include <algorithm>
#include <tuple>
#include <utility>

namespace loadgate::reader {

void ProblemList::add(Span span, std::string text, std::string hint) {
  problems_.push_back({place(span), std::move(text), std::move(hint)});
}

void ProblemList::add_on_command_line(std::string text, std::string hint) {
  problems_.push_back({{.file = "command line"}, std::move(text), std::move(hint)});
}

Span ProblemList::inside(const YamlNode& scalar, std::size_t offset, std::size_t length) const {
  const std::size_t quote = scalar.is_plain ? 0 : 1;
  const std::size_t begin = scalar.span.offset + quote;
  const bool is_verbatim = !scalar.is_replaced && scalar.span.length > 1 &&
                           text_.text().substr(begin).starts_with(scalar.text);
  return is_verbatim ? Span{begin + offset, length} : scalar.span;
}

Problems ProblemList::take() {
  const auto key = [](const Problem& problem) {
    return std::tie(problem.place.line, problem.place.column);
  };
  std::stable_sort(problems_.begin(), problems_.end(),
                   [&](const Problem& a, const Problem& b) { return key(a) < key(b); });
  // A header of `http` is compiled for every scenario and fails in each.
  const auto same = [&](const Problem& a, const Problem& b) {
    return key(a) == key(b) && a.text == b.text;
  };
  problems_.erase(std::unique(problems_.begin(), problems_.end(), same), problems_.end());
  return std::move(problems_);
}

}  // namespace loadgate::reader
