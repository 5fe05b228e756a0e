#include "reader/read_data.h"

#include "plans.h"

namespace loadgate::reader {
namespace {

using plan::Data;

Data data(std::string_view map) {
  const plan::Plan plan =
      right(with_tasks("[{ get: / }]", "data: { people: " + std::string(map) + " }"));
  return plan.data.empty() ? Data() : plan.data[0];
}

TEST(DataOfPlans, IsReadInOrderAgainAndAgainUnlessThePlanSaysMore) {
  const Data read = data("{ file: people.csv }");
  EXPECT_EQ(read.name, "people");
  EXPECT_EQ(read.columns, (std::vector<std::string>{"name", "age"}));
  EXPECT_EQ(read.rows.size(), 2U);
  EXPECT_EQ(read.order, Data::Order::sequential);
  EXPECT_TRUE(read.reuse);
  EXPECT_EQ(read.share, Data::Share::all_users);
  EXPECT_EQ(read.when_exhausted, Data::Exhausted::stop_user);
  EXPECT_EQ(read.place.line, 5);
}

TEST(DataOfPlans, IsHandedOutAsThePlanSays) {
  const Data read = data(
      "{ file: people.csv, order: shuffle, reuse: false, share: each_user,"
      " when_exhausted: stop_run }");
  EXPECT_EQ(read.order, Data::Order::shuffle);
  EXPECT_FALSE(read.reuse);
  EXPECT_EQ(read.share, Data::Share::each_user);
  EXPECT_EQ(read.when_exhausted, Data::Exhausted::stop_run);
  EXPECT_EQ(data("{ file: people.csv, order: random }").order, Data::Order::random);
}

TEST(DataOfPlans, RowsOfChanceHandedOutOnceAreAShuffle) {
  EXPECT_EQ(data("{ file: people.csv, order: random, reuse: false }").order, Data::Order::shuffle);
}

TEST(DataOfPlans, IsReadByTheKindItsNameSays) {
  EXPECT_EQ(data("{ file: films.json }").columns,
            (std::vector<std::string>{"id", "maker.name", "tags", "title"}));
  EXPECT_EQ(data("{ file: words.jsonl }").rows.size(), 2U);
}

TEST(DataOfPlans, IsThereForTheTemplates) {
  const plan::Plan plan =
      right(with_tasks("[{ get: '/{{ data.user.name }}/{{ data.films.maker.name }}' }]",
                       "data: { user: { file: people.csv }, films: { file: films.json } }"));
  EXPECT_EQ(plan.requests.at(0).url.data_fields(), (std::vector<plan::DataField>{{0, 0}, {1, 1}}));
}

TEST(DataOfPlans, ABrokenFileMakesNoProblemsOfItsUses) {
  EXPECT_EQ(problems_of(with_tasks("[{ get: '/{{ data.a.b }}' }]",
                                   "data: { a: { file: none.csv } }\nsecrets: [data.a.b]")),
            "plan.yaml:5:20: the file \"none.csv\" cannot be read\n"
            "    5 | data: { a: { file: none.csv } }\n"
            "      |                    ^^^^^^^^ no such file\n");
}

}  // namespace
}  // namespace loadgate::reader
