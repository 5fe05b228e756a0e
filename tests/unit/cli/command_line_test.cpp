#include "cli/command_line.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>
#include <string>
#include <vector>

namespace loadgate::cli {
namespace {

using testing::HasSubstr;

struct Said {
  ExitCode code;
  std::string out, err;
};

Said say(std::vector<std::string> words) {
  words.insert(words.begin(), "loadgate");
  std::vector<char*> arguments;
  arguments.reserve(words.size());
  for (std::string& word : words) arguments.push_back(word.data());
  std::ostringstream out, err;
  const ExitCode code = run(arguments, out, err);
  return {code, out.str(), err.str()};
}

TEST(CommandLine, RefusesWhatItDoesNotKnowWithCode64) {
  EXPECT_EQ(say({}).code, ExitCode::bad_input);
  EXPECT_EQ(say({"rnu", "plan.yaml"}).code, ExitCode::bad_input);
  EXPECT_EQ(say({"run"}).code, ExitCode::bad_input);
  EXPECT_EQ(say({"run", "plan.yaml", "--sped", "3"}).code, ExitCode::bad_input);
  EXPECT_EQ(say({"run", "plan.yaml", "--workers", "0"}).code, ExitCode::bad_input);
  EXPECT_EQ(say({"baseline", "record", "plan.yaml", "--runs", "0"}).code, ExitCode::bad_input);
}

TEST(CommandLine, SaysHowAUnitIsWritten) {
  const Said said = say({"run", "plan.yaml", "--run-time", "5"});
  EXPECT_EQ(said.code, ExitCode::bad_input);
  EXPECT_THAT(said.err, HasSubstr("\"5\" is not right here: write it like 5m"));
  EXPECT_THAT(say({"run", "plan.yaml", "--spawn-rate", "5"}).err, HasSubstr("write it like 5/s"));
  EXPECT_THAT(say({"run", "plan.yaml", "--var", "name"}).err,
              HasSubstr("write it like --var username=anna"));
}

TEST(CommandLine, HelpIsNoError) {
  const Said said = say({"--help"});
  EXPECT_EQ(said.code, ExitCode::passed);
  EXPECT_THAT(said.out, HasSubstr("baseline record plan.yaml"));
  EXPECT_EQ(say({"run", "--help"}).code, ExitCode::passed);
  EXPECT_THAT(say({"--version"}).out, HasSubstr("loadgate "));
}

TEST(CommandLine, TakesGeneralOptionsOnEitherSideOfTheCommand) {
  EXPECT_THAT(say({"example", "demo.yaml", "--quiet"}).out, HasSubstr("name: demo"));
  EXPECT_THAT(say({"--quiet", "example", "demo.yaml"}).out, HasSubstr("name: demo"));
  EXPECT_THAT(say({"example", "--color", "never"}).out, HasSubstr("demo.yaml"));
}

TEST(CommandLine, AMissingPlanIsBadInput) {
  const Said said = say({"validate", "no-such-plan.yaml"});
  EXPECT_EQ(said.code, ExitCode::bad_input);
  EXPECT_THAT(said.err, HasSubstr("cannot read no-such-plan.yaml: No such file or directory"));
}

TEST(CommandLine, RefusesAResultThatIsNone) {
  EXPECT_EQ(say({"report", "no-such-result.json"}).code, ExitCode::bad_input);
  EXPECT_EQ(say({"compare", "a.json", "b.json"}).code, ExitCode::bad_input);
  EXPECT_EQ(say({"baseline", "add", "a.json"}).code, ExitCode::bad_input);
}

TEST(CommandLine, PrintsTheExamplesItCarries) {
  EXPECT_THAT(say({"example"}).out, HasSubstr("demo.yaml"));
  EXPECT_THAT(say({"example", "demo.yaml"}).out, HasSubstr("name: demo"));
  EXPECT_EQ(say({"example", "nothing"}).code, ExitCode::bad_input);
}

}  // namespace
}  // namespace loadgate::cli
