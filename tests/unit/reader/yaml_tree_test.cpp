#include "reader/yaml_tree.h"

#include "plans.h"

namespace loadgate::reader {
namespace {

// The first line of what is said about a text.
std::string first_problem(const std::string& text) {
  const std::string said = problems_of(text);
  return said.substr(0, said.find('\n'));
}

TEST(Yaml, ABombIsRefusedBeforeItGrows) {
  std::string bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n";
  for (int i = 1; i < 12; ++i) {
    const std::string before = "*a" + std::to_string(i - 1);
    bomb += "a" + std::to_string(i) + ": &a" + std::to_string(i) + " [" + before;
    for (int k = 1; k < 10; ++k) bomb += ", " + before;
    bomb += "]\n";
  }
  EXPECT_EQ(first_problem(bomb), "plan.yaml:5:45: the plan grows beyond 100000 values here");
}

TEST(Yaml, LongTextsCountForMoreInABomb) {
  std::string bomb = "a: &a " + std::string(10'000, 'x') + "\nb: [*a";
  for (int i = 0; i < 10'000; ++i) bomb += ", *a";
  EXPECT_NE(first_problem(bomb + "]\n").find("the plan grows beyond"), std::string::npos);
}

TEST(Yaml, DepthIsBounded) {
  EXPECT_EQ(first_problem("a: " + std::string(70, '[') + std::string(70, ']')),
            "plan.yaml:1:67: values are nested more than 64 levels deep");
  for (const char open : {'[', '{'}) {
    EXPECT_NE(problems_of(std::string(100'000, open)), "");
  }
}

TEST(Yaml, BrokenBytesAreRefusedWhereTheyStand) {
  EXPECT_EQ(first_problem("name: a\nb: \xFF"), "plan.yaml:2:4: the plan is not UTF-8 here");
  EXPECT_EQ(first_problem("name: a\nb: \x01"), "plan.yaml:2:4: the plan holds a control character");
  EXPECT_EQ(first_problem(std::string("name: a\0b", 9)),
            "plan.yaml:1:8: the plan holds a control character");
}

TEST(Yaml, NothingBringsTheReaderDown) {
  const std::string plan = with_tasks("[{ get: '/{{ v }}', json: { a: [1, \"b\"] } }]",
                                      "variables: { v: &x '${WORD}', w: *x }\n# end\n");
  for (std::size_t i = 0; i < plan.size(); ++i) {
    read(plan.substr(0, i));
    for (const char c : {'{', '}', '[', ']', '"', '\'', '&', '*', '!', '|', ':', '\n', '%', '-'}) {
      std::string changed = plan;
      changed[i] = c;
      const Reading reading = read(changed);
      render(reading.problems, reading.texts);
    }
  }
}

TEST(Yaml, TagsAndAnchorsDoNotMoveThePlace) {
  EXPECT_EQ(first_problem(with_tasks("[{ get: / }]", "http: { timeout: &t !!str 10 }\n")),
            "plan.yaml:5:27: 10 has no unit; \"timeout\" is a duration");
}

}  // namespace
}  // namespace loadgate::reader
