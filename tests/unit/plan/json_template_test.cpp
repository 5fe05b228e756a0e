#include <nlohmann/json.hpp>

#include "filling.h"
#include "plan/template.h"

namespace loadgate::plan {
namespace {

User typical() {
  User user;
  user.with("text", text_value("a \"b\"\n"))
      .with("number", json_value("42"))
      .with("object", json_value(R"({"a":[1,null]})"));
  return user;
}

TEST(JsonTemplate, WithoutPlaceholdersIsConstant) {
  const auto made = Template::compile_json(R"({"a":1,"b":"x\"{"})", Names());

  ASSERT_TRUE(made.has_value());
  EXPECT_TRUE(made->is_constant());
  EXPECT_EQ(made->constant(), R"({"a":1,"b":"x\"{"})");
}

TEST(JsonTemplate, APlaceholderAloneKeepsItsType) {
  User user = typical();

  EXPECT_EQ(user.fill_json(R"(["{{ number }}","{{ object }}"])"), R"([42,{"a":[1,null]}])");
  EXPECT_EQ(user.fill_json(R"("{{ text }}")"), R"("a \"b\"\u000A")");
  EXPECT_EQ(user.fill_json(R"(["{{ user.id }}","{{ iteration }}","{{ timestamp() }}"])"),
            "[12,3,1700000000]");
  EXPECT_EQ(user.fill_json(R"({"n":"{{ random_int(5, 5) }}"})"), R"({"n":5})");
  EXPECT_EQ(user.fill_json(R"("{{ now() }}")"), R"("2023-11-14T22:13:20Z")");
  EXPECT_EQ(user.fill_json(R"("{{ random_string(4) }}")").size(), 6U);
  EXPECT_EQ(user.fill_json(R"("{{ uuid() }}")").size(), 38U);
}

TEST(JsonTemplate, ChoicesAreTypedAsInYaml) {
  EXPECT_EQ(User().fill_json(R"("{{ random_choice(7) }}")"), "7");
  EXPECT_EQ(User().fill_json(R"("{{ random_choice(true) }}")"), "true");
  EXPECT_EQ(User().fill_json(R"("{{ random_choice(red) }}")"), R"("red")");
  EXPECT_EQ(User().fill_json(R"("{{ random_choice('7') }}")"), R"("7")");
  EXPECT_EQ(User().fill_json(R"("{{ random_choice(\"7\") }}")"), R"("7")");
  EXPECT_EQ(User().fill_json(R"("{{ random_choice(007) }}")"), R"("007")");
}

TEST(JsonTemplate, WithinLongerTextValuesAreEscaped) {
  User user = typical();

  EXPECT_EQ(user.fill_json(R"("n {{ number }} \\ {{ text }}")"), R"("n 42 \\ a \"b\"\u000A")");
  EXPECT_EQ(user.fill_json(R"(" {{ number }}")"), R"(" 42")");
  EXPECT_EQ(user.fill_json(R"("{{ number }}{{ number }}")"), R"("4242")");
  EXPECT_EQ(user.fill_json(R"("a\n\u0001{{ number }}")"), R"("a\n\u000142")");
}

TEST(JsonTemplate, AKeyStaysAString) {
  User user = typical();
  EXPECT_EQ(user.fill_json(R"({"{{ number }}":1})"), R"({"42":1})");
}

TEST(JsonTemplate, IsAlwaysValidJsonForTextValues) {
  std::string nasty;
  for (int c = 1; c < 128; ++c) nasty += static_cast<char>(c);
  User user;
  user.with("v", text_value(nasty));

  const auto filled = nlohmann::json::parse(user.fill_json(R"(["{{ v }}","<{{ v }}>"])"));

  EXPECT_EQ(filled[0], nasty);
  EXPECT_EQ(filled[1], "<" + nasty + ">");
}

TEST(JsonTemplate, SaysWhereInTheDocumentAnErrorStands) {
  const std::string document = R"({"a":"\"q\" {{ nope }}"})";
  const auto made = Template::compile_json(document, Names());

  ASSERT_FALSE(made.has_value());
  EXPECT_EQ(document.substr(made.error().offset, made.error().length), "nope");

  const auto open = Template::compile_json(R"(["{{ a"])", Names());
  ASSERT_FALSE(open.has_value());
  EXPECT_EQ(open.error().offset, 2U);
}

}  // namespace
}  // namespace loadgate::plan
