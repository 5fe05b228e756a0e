#include "load/answer_body.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

namespace loadgate::load {
namespace {

TEST(AnswerBody, IsParsedOnce) {
  const std::string text = R"({"a": [1, 2]})";
  AnswerBody body(text);
  ASSERT_NE(body.json(), nullptr);
  EXPECT_EQ((*body.json())["a"][1], 2);
  EXPECT_EQ(body.json(), body.json());
}

TEST(AnswerBody, IsNoJsonWhereItIsBrokenOrEmpty) {
  for (const std::string text : {"", "<html>", "{\"a\":", "[1] [2]", "[\"\\"}) {
    EXPECT_EQ(AnswerBody(text).json(), nullptr) << text;
  }
}

// What a hostile service could send; writing it out would overrun the stack.
TEST(AnswerBody, IsNoJsonWhereItIsNestedAbsurdlyDeep) {
  const std::string deep = std::string(100'000, '[') + std::string(100'000, ']');
  EXPECT_EQ(AnswerBody(deep).json(), nullptr);
  const std::string brackets = "[\"" + std::string(100'000, '[') + "\\\"\", 1]";
  EXPECT_NE(AnswerBody(brackets).json(), nullptr) << "in a text they nest nothing";
}

}  // namespace
}  // namespace loadgate::load
