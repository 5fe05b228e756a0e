#include "reader/environment_substitution.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <utility>

namespace loadgate::reader {
namespace {

constexpr std::string_view kNameLetters =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_";

// What stands between "${" and "}": a name, and ":-default" or ":?message" or nothing.
struct Reference {
  std::string name;
  std::optional<std::string_view> fallback;
  std::optional<std::string_view> message;
};

std::optional<Reference> parse_reference(std::string_view inside) {
  Reference reference;
  reference.name = inside.substr(0, inside.find_first_not_of(kNameLetters));
  const std::string_view rest = inside.substr(reference.name.size());
  if (rest.starts_with(":-")) reference.fallback = rest.substr(2);
  if (rest.starts_with(":?")) reference.message = rest.substr(2);
  const bool is_known = rest.empty() || reference.fallback || reference.message;
  const bool is_nested = rest.find("${") != std::string_view::npos;
  const char first = reference.name.empty() ? '0' : reference.name.front();
  if (!is_known || is_nested || (first >= '0' && first <= '9')) return std::nullopt;
  return reference;
}

// Replaces in one scalar.
class Substitution {
 public:
  Substitution(const YamlNode& scalar, const Environment& environment, ProblemList& problems)
      : scalar_(scalar), text_(scalar.text), environment_(environment), problems_(problems) {}

  std::string run() {
    std::size_t at = 0;
    while (at < text_.size()) {
      const std::size_t dollar = std::min(text_.find('$', at), text_.size());
      out_ += text_.substr(at, dollar - at);
      at = dollar == text_.size() ? dollar : replace(dollar);
    }
    return std::move(out_);
  }

 private:
  // Deals with the "$" there; the index of what follows.
  std::size_t replace(std::size_t dollar) {
    const std::string_view rest = text_.substr(dollar);
    if (!rest.starts_with("${")) {  // "$$" is a plain one, and "$.id" a JSON path.
      out_ += '$';
      return dollar + (rest.starts_with("$$") ? 2 : 1);
    }
    const std::size_t close = rest.find('}');
    if (close == std::string_view::npos) {
      complain(dollar, 2, "\"${\" is never closed", "for a plain \"${\" write \"$${\"");
      return text_.size();
    }
    expand(dollar, rest.substr(0, close + 1));
    return dollar + close + 1;
  }

  // `whole` is "${…}".
  void expand(std::size_t dollar, std::string_view whole) {
    const auto reference = parse_reference(whole.substr(2, whole.size() - 3));
    if (!reference) {
      complain(dollar, whole.size(), fmt::format("\"{}\" names no environment variable", whole),
               "write ${X}, ${X:-default} or ${X:?message}; for a plain \"$\" write \"$$\"");
      return;
    }
    const auto value = environment_(reference->name);
    const bool is_set = value && !value->empty();
    if (is_set || (value && !reference->fallback && !reference->message)) {
      out_ += *value;
    } else if (reference->fallback) {
      out_ += *reference->fallback;
    } else {
      const bool has_message = reference->message && !reference->message->empty();
      complain(dollar, whole.size(),
               fmt::format("the environment variable {} is not set", reference->name),
               has_message ? std::string(*reference->message)
                           : fmt::format("set it, or write ${{{}:-default}}", reference->name));
    }
  }

  void complain(std::size_t offset, std::size_t length, std::string text, std::string hint) {
    problems_.add(problems_.inside(scalar_, offset, length), std::move(text), std::move(hint));
  }

  const YamlNode& scalar_;
  std::string_view text_;
  const Environment& environment_;
  ProblemList& problems_;
  std::string out_;
};

}  // namespace

std::vector<std::string> defaults_in(std::string_view text) {
  std::vector<std::string> defaults;
  std::size_t at = text.find('$');
  while (at < text.size()) {
    const std::string_view rest = text.substr(at);
    const std::size_t close = rest.starts_with("${") ? rest.find('}') : std::string_view::npos;
    std::size_t length = rest.starts_with("$$") ? 2 : 1;
    if (close != std::string_view::npos) {
      const auto reference = parse_reference(rest.substr(2, close - 2));
      if (reference && reference->fallback) defaults.emplace_back(*reference->fallback);
      length = close + 1;
    }
    at = text.find('$', at + length);
  }
  return defaults;
}

void substitute_environment(YamlNode& node, const std::set<const YamlNode*>& untouched,
                            const Environment& environment, ProblemList& problems) {
  for (YamlNode& item : node.items) substitute_environment(item, untouched, environment, problems);
  for (Entry& entry : node.entries) {
    substitute_environment(entry.value, untouched, environment, problems);
  }
  const bool has_dollar = node.text.find('$') != std::string::npos;
  if (node.kind != YamlNode::Kind::scalar || !has_dollar || untouched.contains(&node)) return;
  const std::size_t before = problems.size();
  std::string replaced = Substitution(node, environment, problems).run();
  // What a key makes of half a value would only be noise.
  if (problems.size() > before) node.kind = YamlNode::Kind::broken;
  node.is_replaced = replaced != node.text;
  node.text = std::move(replaced);
}

}  // namespace loadgate::reader
