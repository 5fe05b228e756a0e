#include "session/builds.h"

#include <gtest/gtest.h>

#include "base/file.h"
#include "support/script_folder.h"

namespace loadgate::session {
namespace {

constexpr const char* kRest = R"(
stages: [{ name: steady, for: 5s, users: 1 }]
scenarios: [{ name: visitor, tasks: [{ get: / }] }]
)";

class BuildsTest : public testing::Test {
 protected:
  OpenedDuet open(const std::string& head_of_plan, const Builds& builds) {
    const std::string file = folder_.path() / "plan.yaml";
    EXPECT_TRUE(write_file(file, "name: shop\n" + head_of_plan + kRest));
    return open_duet(file, {}, builds);
  }

  std::string complaint(const std::string& head_of_plan, const Builds& builds) {
    OpenedDuet opened = open(head_of_plan, builds);
    EXPECT_FALSE(opened.plans);
    const std::string folder = folder_.path().string() + "/";
    if (opened.complaint.starts_with(folder)) opened.complaint.erase(0, folder.size());
    return opened.complaint;
  }

  support::ScriptFolder folder_;
};

const Builds kFolders{{"base", "/builds/base", {}}, {"head", "/builds/head", {}}};
const Builds kAddresses{{"base", {}, "http://127.0.0.1:1001"},
                        {"head", {}, "http://127.0.0.1:1002"}};
constexpr const char* kStart =
    "start: { prepare: make, command: './run {{ port }}', directory: app }";

TEST_F(BuildsTest, StandInTheirFoldersOnEitherOfTwoPorts) {
  const OpenedDuet opened = open(kStart, kFolders);
  ASSERT_TRUE(opened.plans) << opened.complaint;
  const auto& [base, head] = *opened.plans;
  EXPECT_EQ(base[0].start->directory, "/builds/base/app");
  EXPECT_EQ(head[1].start->directory, "/builds/head/app");
  EXPECT_NE(base[0].target, base[1].target);
  EXPECT_EQ(base[0].target, head[0].target);
  EXPECT_EQ(base[1].target, head[1].target);
  EXPECT_EQ(base[0].start->environment.back(),
            std::pair(std::string("LOADGATE_SIDE"), std::string("base")));
}

TEST_F(BuildsTest, ArePreparedOnceEach) {
  const OpenedDuet opened = open(kStart, kFolders);
  ASSERT_TRUE(opened.plans);
  EXPECT_EQ(opened.plans->base[0].start->prepare, "make");
  EXPECT_EQ(opened.plans->base[1].start->prepare, "");
  EXPECT_EQ(opened.plans->head[0].start->prepare, "");
  EXPECT_EQ(opened.plans->head[1].start->prepare, "make") << "head stands there in epoch 0";
}

TEST_F(BuildsTest, AreLeftAloneWhereTheyRunAlready) {
  const OpenedDuet opened = open(kStart, kAddresses);
  ASSERT_TRUE(opened.plans) << opened.complaint;
  EXPECT_EQ(opened.plans->base[0].target, "http://127.0.0.1:1001");
  EXPECT_EQ(opened.plans->base[1].target, "http://127.0.0.1:1001");
  EXPECT_EQ(opened.plans->head[0].target, "http://127.0.0.1:1002");
  EXPECT_FALSE(opened.plans->head[0].start);
}

TEST_F(BuildsTest, AreRefusedWhereNothingCanBeStarted) {
  EXPECT_EQ(complaint("target: http://127.0.0.1:1000", kFolders),
            "plan.yaml: the plan has no \"start\", so no build can be started: add one, or give "
            "the addresses of two running builds with --base and --head\n");
}

TEST_F(BuildsTest, AreRefusedWhereBothWouldBeOneFolder) {
  const std::string folder = folder_.path().string();
  const Builds beside{{"base", folder + "/base", {}}, {"head", folder + "/head", {}}};
  EXPECT_EQ(complaint("start: { command: ./run, directory: ../svc }", beside),
            "plan.yaml: \"directory\" of \"start\" leads to " + folder +
                "/svc for both builds: name one below the plan's folder\n");
  const Builds same{{"this", folder, {}}, {"this", folder, {}}};
  EXPECT_TRUE(open("start: { command: ./run }", same).plans) << "noise wants that";
}

TEST_F(BuildsTest, AreRefusedBehindOneSocket) {
  EXPECT_EQ(complaint("target: http://localhost\nhttp: { unix_socket: /run/app.sock }", kAddresses),
            "plan.yaml: a duet cannot go through \"unix_socket\": both builds would be one\n");
}

}  // namespace
}  // namespace loadgate::session
