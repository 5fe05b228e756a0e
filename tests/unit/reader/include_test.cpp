#include "reader/include.h"

#include <map>

#include "plans.h"

namespace loadgate::reader {
namespace {

using Files = std::map<std::string, std::string>;

Reading read_with(const Files& files, const std::string& plan, const Overrides& overrides = {}) {
  const auto read = [&](const std::string& path) -> Result<std::string> {
    const auto found = files.find(path);
    if (found == files.end()) return failure("cannot read " + path + ": no such file");
    return found->second;
  };
  return read_plan(plan, "ci/plan.yaml", overrides, {test_environment, read, kTestPort});
}

std::string problems(const Files& files, const std::string& plan) {
  const Reading reading = read_with(files, plan);
  return render(reading.problems, reading.texts);
}

const std::string kPlan =
    "name: a\ntarget: http://h\nstages: [{ for: 1m, users: 1 }]\n"
    "variables: { a: 1 }\nscenarios: [{ name: own, tasks: [{ get: '/{{ a }}/{{ b }}' }] }]\n";

TEST(Include, MergesScenariosVariablesAndData) {
  const Reading reading = read_with(
      {{"ci/parts/auth.yaml",
        "variables: { b: 2 }\nscenarios: [{ name: log in, tasks: [{ get: '/{{ a }}' }] }]\n"
        "data: { people: { file: people.csv } }\n"},
       {"ci/parts/people.csv", "name\nada\n"}},
      kPlan + "include: [parts/auth.yaml]\n");
  ASSERT_EQ(render(reading.problems, reading.texts), "");
  const plan::Plan& plan = *reading.plan;
  ASSERT_EQ(plan.scenarios.size(), 2U);
  EXPECT_EQ(plan.scenarios[0].name, "own");
  EXPECT_EQ(plan.scenarios[1].name, "log in");
  EXPECT_EQ(filled(plan, plan.requests[0].url), "http://h/1/2");
  EXPECT_EQ(plan.data.at(0).rows.size(), 1U);
  EXPECT_EQ(plan.data[0].place.file, "ci/parts/auth.yaml");
  EXPECT_EQ(plan.requests[1].place.file, "ci/parts/auth.yaml");
  EXPECT_EQ(reading.texts.size(), 2U);
}

TEST(Include, MayStandForAllScenarios) {
  const std::string bare =
      "name: a\ntarget: http://h\nstages: [{ for: 1m, users: 1 }]\ninclude: [all.yaml]\n";
  EXPECT_EQ(problems({{"ci/all.yaml", "scenarios: [{ tasks: [{ get: / }] }]\n"}}, bare), "");
}

TEST(Include, MayBeNestedAndWhatSeveralIncludeIsMergedOnce) {
  const Reading reading = read_with({{"ci/x/one.yaml", "include: [../common.yaml]\n"},
                                     {"ci/two.yaml", "include: [common.yaml]\n"},
                                     {"ci/common.yaml", "variables: { b: 2 }\n"}},
                                    kPlan + "include: [x/one.yaml, two.yaml]\n");
  EXPECT_EQ(render(reading.problems, reading.texts), "");
}

TEST(Include, TakesTheEnvironmentAndTheCommandLineIntoThem) {
  const Reading reading =
      read_with({{"ci/hunter2.yaml", "variables: { b: '${UNSET}' }\n"}},
                kPlan + "include: ['${WORD}.yaml']\n", {.variables = {{"b", "9"}}});
  ASSERT_EQ(render(reading.problems, reading.texts), "");
  EXPECT_EQ(filled(*reading.plan, reading.plan->requests[0].url), "http://h/1/9");
}

TEST(Include, ProblemsStandInTheFileTheyComeFrom) {
  EXPECT_EQ(problems({{"ci/auth.yaml",
                       "variables: { b: 2 }\nscenarios:\n  - tasks:\n      - get: '/{{ zzz }}'\n"}},
                     "nam: a\n" + kPlan + "include: [auth.yaml]\n"),
            R"(ci/plan.yaml:1:1: unknown key "nam"
    1 | nam: a
      | ^^^ did you mean "name"?
ci/auth.yaml:4:19: "zzz" is not defined
    4 |       - get: '/{{ zzz }}'
      |                   ^^^ define it under "variables", or capture it in this scenario
)");
}

TEST(Include, AFileThatIsNoYamlIsShownWithItsOwnLine) {
  EXPECT_EQ(problems({{"ci/auth.yaml", "variables: { b: 2 }\ndata:\n\tx: 1\n"}},
                     kPlan + "include: [auth.yaml]\n"),
            R"(ci/auth.yaml:3:3: this is not YAML: illegal map value
    3 |  x: 1
      |   ^ YAML takes no tabs here: indent with blanks
)");
}

TEST(Include, AClashIsAnError) {
  EXPECT_EQ(problems({{"ci/auth.yaml",
                       "variables: { a: 2, b: 3 }\nscenarios:\n  - { name: own, tasks: [] }\n"}},
                     kPlan + "include: [auth.yaml]\n"),
            R"(ci/auth.yaml:1:14: there are two variables called "a"
    1 | variables: { a: 2, b: 3 }
      |              ^ the first stands in ci/plan.yaml, line 4
ci/auth.yaml:3:13: there are two scenarios called "own"
    3 |   - { name: own, tasks: [] }
      |             ^^^ the first stands in ci/plan.yaml, line 5
)");
}

TEST(Include, ACircleIsAnError) {
  const std::string plan = kPlan + "include: [one.yaml]\n";
  EXPECT_EQ(problems({{"ci/one.yaml", "variables: { b: 1 }\ninclude: [two.yaml]\n"},
                      {"ci/two.yaml", "include: [../ci/one.yaml]\n"}},
                     plan),
            R"(ci/two.yaml:1:11: files include each other in a circle
    1 | include: [../ci/one.yaml]
      |           ^^^^^^^^^^^^^^ ci/one.yaml includes ci/two.yaml includes ci/one.yaml
)");
}

TEST(Include, AFileThatIsMissingIsSaidWhereItIsNamed) {
  EXPECT_EQ(problems({{"ci/one.yaml", "variables: { b: 1 }\ninclude: [sub/two.yaml]\n"}},
                     kPlan + "include: [one.yaml]\n"),
            R"(ci/one.yaml:2:11: the file "sub/two.yaml" cannot be read
    2 | include: [sub/two.yaml]
      |           ^^^^^^^^^^^^ cannot read ci/sub/two.yaml: no such file
)");
}

}  // namespace
}  // namespace loadgate::reader
