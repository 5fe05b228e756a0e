#include "plan/placeholder.h"

#include <gmock/gmock.h>

#include <set>

#include "filling.h"

namespace loadgate::plan {
namespace {

TEST(Placeholder, FillsWhatTheUserIs) {
  User user;
  user.with("name", text_value("ada"));

  EXPECT_EQ(user.fill("{{ name }} {{user.id}} {{ iteration }}"), "ada 12 3");
  EXPECT_EQ(user.fill("{{ now() }}"), "2023-11-14T22:13:20Z");
  EXPECT_EQ(user.fill("{{ timestamp() }}"), "1700000000");
}

User user_with_data() {
  User user;
  user.with_data({"users", {"name", "age", "address.city"}},
                 {{text_value("ada"), json_value("36"), text_value("Lon\"don")},
                  json_value(R"({"name":"ada","age":36,"address":{"city":"Lon\"don"}})")});
  user.with_data({"messages", {}}, {{}, json_value("[1,2]")});
  return user;
}

TEST(Placeholder, FillsFieldsAndRowsOfData) {
  User user = user_with_data();

  EXPECT_EQ(user.fill("{{ data.users.name }} {{data.users.age}}"), "ada 36");
  EXPECT_EQ(user.fill("{{ data.users.address.city }}"), "Lon\"don");
  EXPECT_EQ(user.fill("{{ data.messages }}"), "[1,2]");
  EXPECT_EQ(user.fill_path("/{{ data.users.name }}/{{ data.messages }}"), "/ada/%5B1%2C2%5D");
}

TEST(Placeholder, GivesFieldsAndRowsOfDataToJsonAsTheyAre) {
  User user = user_with_data();

  EXPECT_EQ(user.fill_json(R"("{{ data.messages }}")"), "[1,2]");
  EXPECT_EQ(user.fill_json(R"("{{ data.users }}")"),
            R"({"name":"ada","age":36,"address":{"city":"Lon\"don"}})");
  EXPECT_EQ(user.fill_json(R"(["{{ data.users.age }}","{{ data.users.name }}"])"), R"([36,"ada"])");
  EXPECT_EQ(user.fill_json(R"(["at {{ data.users.address.city }}"])"), R"(["at Lon\"don"])");
}

TEST(Placeholder, IsTheSameForTheSameSeed) {
  const std::string all =
      "{{ random_int(1, 1000000) }} {{ random_string(20) }} {{ uuid() }} {{ random_choice(a, b) }}";
  User first(42), second(42), other(43);
  const std::string text = first.fill(all);

  EXPECT_EQ(text, second.fill(all));
  EXPECT_NE(text, first.fill(all));
  EXPECT_NE(text, other.fill(all));
}

TEST(Placeholder, RandomIntReachesBothEndsAndNothingElse) {
  User user;
  std::set<std::string> seen;
  for (int i = 0; i < 200; ++i) seen.insert(user.fill("{{ random_int(-1, 2) }}"));
  EXPECT_EQ(seen, (std::set<std::string>{"-1", "0", "1", "2"}));
}

TEST(Placeholder, RandomIntTakesTheWidestRange) {
  const std::string widest = "{{ random_int(-9223372036854775808, 9223372036854775807) }}";
  EXPECT_FALSE(User().fill(widest).starts_with("error"));
}

TEST(Placeholder, RandomChoiceReachesEveryChoice) {
  User user;
  std::set<std::string> seen;
  for (int i = 0; i < 200; ++i) seen.insert(user.fill("{{ random_choice(red, 'a, b', \"\") }}"));
  EXPECT_EQ(seen, (std::set<std::string>{"red", "a, b", ""}));
}

TEST(Placeholder, RandomStringHasLettersAndDigits) {
  const std::string text = User().fill("{{ random_string(5000) }}");
  EXPECT_EQ(text.size(), 5000U);
  EXPECT_THAT(text, testing::MatchesRegex("[A-Za-z0-9]+"));
  EXPECT_EQ(std::set<char>(text.begin(), text.end()).size(), 62U);
}

TEST(Placeholder, UuidIsVersionFour) {
  const char* const shape = "[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}";
  User user;
  std::set<std::string> seen;
  for (int i = 0; i < 100; ++i) {
    const std::string uuid = user.fill("{{ uuid() }}");
    EXPECT_THAT(uuid, testing::MatchesRegex(shape));
    seen.insert(uuid);
  }
  EXPECT_EQ(seen.size(), 100U);
}

struct Wrong {
  std::string_view text;  // Between the braces.
  std::string_view error;
  std::string_view hint;
  std::string_view underlined;
};

const Wrong kWrong[] = {
    {"  ", "nothing stands between {{ and }}", "name a variable", "  "},
    {" (a, b) ", "no function stands before the brackets",
     "there are random_int, random_choice, random_string, uuid, now, timestamp", "(a, b)"},
    {" card_id ", "\"card_id\" is not defined", "did you mean \"cart_id\"?", "card_id"},
    {" zzz ", "\"zzz\" is not defined",
     "define it under \"variables\", or capture it in this scenario", "zzz"},
    {" uuid ", "uuid is a function and needs its brackets", "write uuid()", "uuid"},
    {" data.users.name ", "no data is called \"users\"", "define it under \"data\"",
     "data.users.name"},
    {" cart_id | upper ", "\"cart_id | upper\" is not defined",
     "define it under \"variables\", or capture it in this scenario", "cart_id | upper"},
    {" random_itn(1, 2) ", "unknown function \"random_itn\"", "did you mean \"random_int\"?",
     "random_itn"},
    {" today() ", "unknown function \"today\"",
     "there are random_int, random_choice, random_string, uuid, now, timestamp", "today"},
    {" random_int(1) ", "random_int takes 2 arguments, 1 is given", "write random_int(1, 100)",
     "random_int(1)"},
    {" random_int(1,2,3)", "random_int takes 2 arguments, 3 are given", "write random_int(1, 100)",
     "random_int(1,2,3)"},
    {" uuid(4) ", "uuid takes no arguments, 1 is given", "write uuid()", "uuid(4)"},
    {" random_string() ", "random_string takes 1 argument, none is given", "write random_string(8)",
     "random_string()"},
    {" random_choice() ", "random_choice takes one argument or more, none is given",
     "write random_choice(red, green, blue)", "random_choice()"},
    {" random_int(a, 2) ", "\"a\" is not a whole number", "arguments are numbers, not variables",
     "a"},
    {" random_int(1.5, 2) ", "\"1.5\" is not a whole number",
     "arguments are numbers, not variables", "1.5"},
    {" random_int(5, 1) ", "there is no whole number from 5 to 1", "write random_int(1, 5)",
     "random_int(5, 1)"},
    {" random_string(0) ", "a random string of 0 characters", "write a length from 1 to 1000000",
     "0"},
    {" random_choice(a,,b) ", "an argument is empty", "", ""},
    {" random_choice('a) ", "the quote is never closed", "", "'a"},
    {" random_choice('a'b) ", "the quoted argument does not end with its quote", "", "'a'b"},
    {" random_int(1, 2 ", "the bracket is never closed", "write random_int(1, 100)", "(1, 2"},
};

const Wrong kWrongData[] = {
    {" data.usres.name ", "no data is called \"usres\"", "did you mean \"users\"?",
     "data.usres.name"},
    {" data.xyz ", "no data is called \"xyz\"", "there are: users, messages", "data.xyz"},
    {" data ", "no data is called \"\"", "there are: users, messages", "data"},
    {" data. ", "no data is called \"\"", "there are: users, messages", "data."},
    {" data.users.nmae ", "the data \"users\" has no field \"nmae\"", "did you mean \"name\"?",
     "data.users.nmae"},
    {" data.users. ", "the data \"users\" has no field \"\"", "there are: name, age, address.city",
     "data.users."},
    {" data.messages.id ", "the data \"messages\" has no field \"id\"", "its rows are no objects",
     "data.messages.id"},
};

void expect_refused(std::span<const Wrong> all, const Names& names) {
  for (const Wrong& wrong : all) {
    const auto made = Placeholder::parse(wrong.text, names);
    ASSERT_FALSE(made.has_value()) << wrong.text;
    EXPECT_EQ(made.error().text, wrong.error);
    EXPECT_EQ(made.error().hint, wrong.hint);
    EXPECT_LE(made.error().offset, wrong.text.size());
    if (wrong.underlined.empty()) continue;
    EXPECT_EQ(wrong.text.substr(made.error().offset, made.error().length), wrong.underlined);
  }
}

TEST(Placeholder, RefusesWhatItCannotFill) {
  Names names;
  names.declare("cart_id");
  expect_refused(kWrong, names);
}

TEST(Placeholder, RefusesDataThatIsNotThere) {
  expect_refused(kWrongData, user_with_data().names());
}

}  // namespace
}  // namespace loadgate::plan
