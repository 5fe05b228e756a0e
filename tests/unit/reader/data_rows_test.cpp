#include "reader/data_rows.h"

#include <gtest/gtest.h>

namespace loadgate::reader {
namespace {

using Expected = tl::expected<DataRows, DataError>;
using Texts = std::vector<std::string>;

// A row's fields as a plan's text has them, JSON values marked by "=".
Texts fields(const Expected& made, std::size_t row) {
  Texts texts;
  if (!made || made->rows.size() <= row) return texts;
  for (const plan::Value& value : made->rows[row].fields) {
    texts.push_back((value.kind == plan::Value::Kind::json ? "=" : "") + value.text);
  }
  return texts;
}

std::string error(const Expected& made) {
  if (made) return "";
  const DataError& wrong = made.error();
  return std::to_string(wrong.line) + ":" + std::to_string(wrong.column) + " " + wrong.text;
}

TEST(Csv, IsReadAsRfc4180HasIt) {
  const auto made = read_csv("name,\"say, what\"\r\nada,\"a \"\"b\"\"\r\nc\"\r\n,\r\n\"\",\"x\"");
  ASSERT_TRUE(made) << error(made);
  EXPECT_EQ(made->columns, (Texts{"name", "say, what"}));
  ASSERT_EQ(made->rows.size(), 3U);
  EXPECT_EQ(fields(made, 0), (Texts{"ada", "a \"b\"\r\nc"}));
  EXPECT_EQ(fields(made, 1), (Texts{"", ""}));
  EXPECT_EQ(fields(made, 2), (Texts{"", "x"}));
}

TEST(Csv, ARowIsAJsonObjectOfTexts) {
  const auto made = read_csv("n,t\n1,\"a\"\"b\"\n");
  ASSERT_TRUE(made);
  EXPECT_EQ(made->rows[0].whole, (plan::Value{plan::Value::Kind::json, R"({"n":"1","t":"a\"b"})"}));
}

TEST(Csv, EmptyLinesAreNoRows) {
  const auto made = read_csv("\na\n\n1\n\r\n2\n\n");
  ASSERT_TRUE(made);
  EXPECT_EQ(made->rows.size(), 2U);
  EXPECT_EQ(read_csv("a\n")->rows.size(), 0U);
  EXPECT_EQ(read_csv("")->rows.size(), 0U);
}

TEST(Csv, SaysWhereItIsBroken) {
  EXPECT_EQ(error(read_csv("a,b\n1,2\n3\n")), "3:0 1 value stands here, the header names 2");
  EXPECT_EQ(error(read_csv("a,b\n\"x\ny\",2\n3,4,5\n")),
            "4:0 3 values stand here, the header names 2");
  EXPECT_EQ(error(read_csv("a,b\n1,x\"y\n")), "2:4 a quote stands inside a value without quotes");
  EXPECT_EQ(error(read_csv("a\n\xC3\xA9\"\n")), "2:2 a quote stands inside a value without quotes");
  EXPECT_EQ(error(read_csv("a\n\"x\ny\n")), "2:1 a quote is opened here and never closed");
  EXPECT_EQ(error(read_csv("a,b\n\"x\" ,1\n")), "2:4 text follows the closing quote");
  EXPECT_EQ(error(read_csv("a\r1\r")), "1:2 a carriage return stands alone");
  EXPECT_EQ(error(read_csv("a,,c\n1,2,3\n")), "1:0 column 2 has no name");
  EXPECT_EQ(error(read_csv("a,b,a\n1,2,3\n")), "1:0 two columns are called \"a\"");
}

TEST(JsonRows, HaveTheColumnsOfAllRowsWithInnerObjectsJoinedByDots) {
  const auto made = read_json_list(
      R"([{"id": 7, "at": {"city": "Rome", "geo": {"x": 1.5}}}, {"tags": [1, "a"], "id": "8"}, {"at": {}}])");
  ASSERT_TRUE(made) << error(made);
  EXPECT_EQ(made->columns, (Texts{"id", "at.city", "at.geo.x", "tags", "at"}));
  EXPECT_EQ(fields(made, 0), (Texts{"=7", "Rome", "=1.5", "=null", "=null"}));
  EXPECT_EQ(fields(made, 1), (Texts{"8", "=null", "=null", "=[1,\"a\"]", "=null"}));
  EXPECT_EQ(fields(made, 2), (Texts{"=null", "=null", "=null", "=null", "={}"}));
  EXPECT_EQ(made->rows[1].whole.text, R"({"tags":[1,"a"],"id":"8"})");
}

TEST(JsonRows, MayBeAnyValues) {
  const auto made = read_json_list(R"(["a", 5, [1], null, true])");
  ASSERT_TRUE(made);
  EXPECT_TRUE(made->columns.empty());
  ASSERT_EQ(made->rows.size(), 5U);
  EXPECT_EQ(made->rows[0].whole, (plan::Value{plan::Value::Kind::text, "a"}));
  EXPECT_EQ(made->rows[1].whole, (plan::Value{plan::Value::Kind::json, "5"}));
  EXPECT_EQ(made->rows[2].whole, (plan::Value{plan::Value::Kind::json, "[1]"}));
}

TEST(JsonRows, MayStandALine) {
  const auto made = read_json_lines("{\"a\": 1}\r\n\n{\"a\": 2, \"b\": 3}");
  ASSERT_TRUE(made) << error(made);
  EXPECT_EQ(made->columns, (Texts{"a", "b"}));
  EXPECT_EQ(fields(made, 0), (Texts{"=1", "=null"}));
}

TEST(JsonRows, SayWhereTheyAreBroken) {
  EXPECT_EQ(error(read_json_list("[{\"a\": 1},\n {\"\xC3\xA9\" 2}]")), "2:7 this is not JSON");
  EXPECT_EQ(error(read_json_list("[1, 2")), "1:6 this is not JSON");
  EXPECT_EQ(error(read_json_list("[1] 2")), "1:5 this is not JSON");
  EXPECT_EQ(error(read_json_list("{}")), "0:0 the file holds no list of rows");
  EXPECT_EQ(error(read_json_lines("1\n2\n{\n3")), "3:2 this is not JSON");
  EXPECT_EQ(error(read_json_list(std::string(1'000'000, '['))),
            "1:66 values are nested more than 64 levels deep");
  std::string wide = "[";
  for (int i = 0; i < 1001; ++i) wide += "{\"" + std::to_string(i) + "\":1},";
  EXPECT_EQ(error(read_json_list(wide + "1]")),
            "0:0 the rows have more than 1000 different fields");
}

}  // namespace
}  // namespace loadgate::reader
