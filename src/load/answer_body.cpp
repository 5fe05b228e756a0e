#include "load/answer_body.h"

#include <algorithm>

#include <nlohmann/json.hpp>

namespace loadgate::load {
namespace {

// Comparing and writing JSON goes down with its nesting, and the stack ends somewhere.
constexpr int kDeepest = 500;

bool is_too_deep(const std::string& text) {
  // Few answers have so many brackets at all, and counting them costs next to nothing.
  const auto count = [&](char bracket) { return std::count(text.begin(), text.end(), bracket); };
  if (count('[') + count('{') <= kDeepest) return false;
  int depth = 0;
  bool is_in_string = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '"') is_in_string = !is_in_string;
    if (is_in_string && c == '\\') ++i;
    if (is_in_string) continue;
    if (c == '[' || c == '{') ++depth;
    if (c == ']' || c == '}') --depth;
    if (depth > kDeepest) return true;
  }
  return false;
}

nlohmann::json parsed(const std::string& text) {
  constexpr bool kThrow = false;
  if (is_too_deep(text)) return nlohmann::json(nlohmann::json::value_t::discarded);
  return nlohmann::json::parse(text, nullptr, kThrow);
}

}  // namespace

AnswerBody::AnswerBody(const std::string& text) : text_(text) {}

AnswerBody::~AnswerBody() = default;

const nlohmann::json* AnswerBody::json() {
  if (!json_) json_ = std::make_unique<const nlohmann::json>(parsed(text_));
  return json_->is_discarded() ? nullptr : json_.get();
}

}  // namespace loadgate::load
