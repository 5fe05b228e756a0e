#include "load/answer_body.h"

#include <nlohmann/json.hpp>

namespace loadgate::load {

AnswerBody::AnswerBody(const std::string& text) : text_(text) {}

AnswerBody::~AnswerBody() = default;

const nlohmann::json* AnswerBody::json() {
  constexpr bool kThrow = false;
  if (!json_) {
    json_ = std::make_unique<const nlohmann::json>(nlohmann::json::parse(text_, nullptr, kThrow));
  }
  return json_->is_discarded() ? nullptr : json_.get();
}

}  // namespace loadgate::load
