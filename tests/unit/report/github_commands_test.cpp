#include "report/github_commands.h"

#include <gtest/gtest.h>

#include <array>
#include <string>

namespace loadgate::report {
namespace {

TEST(GithubCommands, AnAnnotationNamesItsPlace) {
  Annotation annotation{Annotation::Level::error,
                        "loadgate: threshold missed",
                        "p95 312 ms",
                        "configs/shop.yaml",
                        41,
                        5,
                        16};
  EXPECT_EQ(command_of(annotation),
            "::error file=configs/shop.yaml,line=41,col=5,endColumn=16,"
            "title=loadgate%3A threshold missed::p95 312 ms\n");
  annotation.level = Annotation::Level::warning;
  annotation.line = annotation.column = annotation.end_column = 0;
  EXPECT_EQ(command_of(annotation),
            "::warning file=configs/shop.yaml,title=loadgate%3A threshold missed::p95 312 ms\n");
}

TEST(GithubCommands, NoTextEndsItsPartOfTheCommand) {
  const Annotation annotation{Annotation::Level::notice, "100 %, a::b\nc",
                              "50 %, a::b\r\n::error::c", "a,line=1:b%\n.yaml"};
  EXPECT_EQ(command_of(annotation),
            "::notice file=a%2Cline=1%3Ab%25?.yaml,title=100 %25%2C a%3A%3Ab?c::50 %25, a::b%0A"
            "::error::c\n");
}

TEST(GithubCommands, AnAnnotationIsOneLineHoweverLongItsTextIs) {
  const std::string command =
      command_of({Annotation::Level::error, std::string(9'000, 't'), std::string(9'000, 'm')});
  EXPECT_LT(command.size(), 3'000u);
  EXPECT_EQ(command.find('\n'), command.size() - 1);
}

TEST(GithubCommands, AFenceIsLiftedForFoldsAlone) {
  EXPECT_EQ(fenced("verdict\n::group::Requests\ntable\n::endgroup::\nend\n", "T"),
            "::stop-commands::T\nverdict\n::T::\n"
            "::group::Requests\n::stop-commands::T\ntable\n::T::\n"
            "::endgroup::\n::stop-commands::T\nend\n::T::\n");
}

TEST(GithubCommands, AFenceEndsOnALineOfItsOwn) {
  EXPECT_EQ(fenced("no newline", "T"), "::stop-commands::T\nno newline\n::T::\n");
  EXPECT_EQ(fenced("", "T"), "::stop-commands::T\n::T::\n");
}

TEST(GithubCommands, AnOutputMayHoldLines) {
  const std::array<JobOutput, 2> outputs{{{"verdict", "passed"}, {"html", "a\nb"}}};
  EXPECT_EQ(outputs_text(outputs, "D"), "verdict<<D\npassed\nD\nhtml<<D\na\nb\nD\n");
}

}  // namespace
}  // namespace loadgate::report
