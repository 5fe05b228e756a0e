#include "monitor/roots.h"

#include <gmock/gmock.h>

#include "fake_proc.h"

namespace loadgate::monitor {
namespace {

using By = plan::Watch::By;

plan::Watch watch(By by, unsigned short port, std::string text = "") {
  return {.name = "web", .by = by, .port = port, .text = std::move(text), .place = {}};
}

// "5 6", or the error.
std::string found(const FindRoots& find, const ProcessTable& table) {
  const Result<std::vector<pid_t>> roots = find(table);
  return roots ? fmt::format("{}", fmt::join(*roots, " ")) : roots.error().text;
}

class Roots : public FakeRoot {
 protected:
  void listen(unsigned inode) const {
    put("proc/net/tcp", fmt::format("headline\n0: 0100007F:1F40 00000000:0000 0A 0:0 0:0 0 0 0 {} "
                                    "1 0 100\n",
                                    inode));
  }
  std::string pid_file(std::string_view text) const {
    put("app.pid", text);
    return root_ / "app.pid";
  }

  const ProcessTable table_{
      {process(5, 1, "postgres"), process(6, 5, "postgres"), process(7, 1, "web")}};
};

TEST_F(Roots, OfAPortAreItsHolders) {
  listen(7001);
  open_socket(5, 3, 7001);
  open_socket(6, 3, 7001);
  EXPECT_EQ(found(roots_of(watch(By::port, 8000), root_), table_), "5 6");
}

TEST_F(Roots, OfAPortFollowARestart) {
  listen(7001);
  open_socket(5, 3, 7001);
  const FindRoots find = roots_of(watch(By::port, 8000), root_);
  EXPECT_EQ(found(find, table_), "5");
  listen(7002);
  open_socket(9, 3, 7002);
  EXPECT_EQ(found(find, table_), "5") << "it still lives";
  EXPECT_EQ(found(find, ProcessTable({process(9, 1)})), "9");
}

TEST_F(Roots, OfAPortSayWhyThereAreNone) {
  const FindRoots find = roots_of(watch(By::port, 8000), root_);
  EXPECT_EQ(found(find, table_), "nothing listens on port 8000");
  listen(7001);
  EXPECT_EQ(found(find, table_),
            "who listens on port 8000 is hidden from this user (run as its user or as root, or "
            "watch its cgroup)");
}

TEST_F(Roots, OfAPidFileIsTheProcessOfThatNumber) {
  EXPECT_EQ(found(roots_of(watch(By::pid_file, 0, pid_file("6\n"))), table_), "6");
  // As PostgreSQL's: more is said below.
  EXPECT_EQ(found(roots_of(watch(By::pid_file, 0, pid_file(" 5 \n/var/lib/x\n"))), table_), "5");
}

TEST_F(Roots, OfAPidFileSayWhyThereAreNone) {
  const std::string file = pid_file("99\n");
  EXPECT_EQ(found(roots_of(watch(By::pid_file, 0, file)), table_),
            "no process has the number 99, which " + file + " holds");
  for (const char* text : {"", "\n5", "five", "5 6", "-5", "0", "99999999999"}) {
    EXPECT_EQ(found(roots_of(watch(By::pid_file, 0, pid_file(text))), table_),
              file + " holds no process number")
        << text;
  }
  EXPECT_EQ(found(roots_of(watch(By::pid_file, 0, "/none/app.pid")), table_),
            "cannot read /none/app.pid: No such file or directory");
}

TEST_F(Roots, OfANameAreAllThatAreCalledSo) {
  EXPECT_EQ(found(roots_of(watch(By::process, 0, "postgres")), table_), "5 6");
  EXPECT_EQ(found(roots_of(watch(By::process, 0, "post")), table_), "no process is called post");
}

}  // namespace
}  // namespace loadgate::monitor
