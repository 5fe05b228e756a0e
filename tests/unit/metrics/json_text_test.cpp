#include "metrics/json_text.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

namespace loadgate::metrics {
namespace {

using nlohmann::json;

TEST(JsonText, PlainListsAndListedPlainObjectsStandOnOneLine) {
  const json document = {{"b", {1, 2}},
                         {"a", {{"x", 1}, {"y", json::array()}}},
                         {"c", {{{"p", 1}, {"q", "r"}}, {{"p", {{"deep", json::object()}}}}}}};
  EXPECT_EQ(pretty(document),
            "{\n"
            " \"a\": {\n"
            "  \"x\": 1,\n"
            "  \"y\": []\n"
            " },\n"
            " \"b\": [1,2],\n"
            " \"c\": [\n"
            "  {\"p\":1,\"q\":\"r\"},\n"
            "  {\n"
            "   \"p\": {\n"
            "    \"deep\": {}\n"
            "   }\n"
            "  }\n"
            " ]\n"
            "}\n");
}

TEST(JsonText, WhatIsWrittenParsesToTheSame) {
  const json document = {{"text \"quoted\"", "line\nbreak \x7f"},
                         {"list", {1.5, -2, nullptr, true}}};
  EXPECT_EQ(parse_json(pretty(document)).value(), document);
}

TEST(JsonText, BrokenUtf8BecomesTheReplacementCharacter) {
  EXPECT_EQ(pretty({{"a\xff", "b\xff"}}), "{\n \"a\xef\xbf\xbd\": \"b\xef\xbf\xbd\"\n}\n");
}

TEST(JsonText, DeepNestingIsBorne) {
  const std::string deep(200'000, '[');
  EXPECT_FALSE(parse_json(deep));
  EXPECT_TRUE(parse_json(deep + std::string(deep.size(), ']')));
}

}  // namespace
}  // namespace loadgate::metrics
