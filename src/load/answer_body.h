#pragma once

// A response's body as checks and captures read it: parsed as JSON at most once, and not
// at all where nobody asks. One thread, for the moment of one answer.

#include <memory>
#include <nlohmann/json_fwd.hpp>
#include <string>

namespace loadgate::load {

class AnswerBody {
 public:
  explicit AnswerBody(const std::string& text);  // `text` outlives it.
  ~AnswerBody();
  AnswerBody(const AnswerBody&) = delete;
  AnswerBody& operator=(const AnswerBody&) = delete;

  const std::string& text() const { return text_; }
  const nlohmann::json* json();  // Null where the body is none, or nested absurdly deep.

 private:
  const std::string& text_;
  std::unique_ptr<const nlohmann::json> json_;
};

}  // namespace loadgate::load
