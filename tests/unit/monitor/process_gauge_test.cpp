#include "monitor/process_gauge.h"

#include <gtest/gtest.h>

#include "programs.h"

namespace loadgate::monitor {
namespace {

using namespace std::chrono_literals;

using ProcessGaugeTest = ProgramTest;

void expect_within_two_percent(Nanoseconds measured, double told) {
  EXPECT_NEAR(seconds(measured), told, 0.02 * told);
}

constexpr auto megabytes(double number) { return static_cast<std::uint64_t>(number * 1048576); }

TEST_F(ProcessGaugeTest, CountsAllThatAServiceSpendsToTwoPercent) {
  make_pipes({"begun", "go", "done", "end"});
  const process::Kept kept = start(R"(
told, tell = os.pipe()

def child(work):
    pid = os.fork()
    if pid == 0:
        work()
        os.write(tell, b"%15.9f\n" % spent())
        os._exit(0)
    return pid

def daemon():
    os.setsid()
    if os.fork() != 0:
        os._exit(0)
    burn(0.5)

def threads():
    workers = [threading.Thread(target=lambda: burn(0.15)) for _ in range(2)]
    [worker.start() for worker in workers]
    [worker.join() for worker in workers]

def lives_on():
    burn(0.5)
    os.write(tell, b"%15.9f\n" % spent())
    signal.pause()

burn(0.3)  # Before anybody looks.
say("begun", 1)
wait("go")
before = spent()
burn(0.5)
waited_for = child(lambda: burn(0.5))
child(daemon)
child(threads)
child(lives_on)
os.waitpid(waited_for, 0)
total = sum(float(os.read(told, 16)) for _ in range(4))
say("done", total + spent() - before)
wait("end")
)");
  ProcessGauge gauge(KeptBy{kept.keeper()});
  number_from("begun");
  EXPECT_EQ(read(gauge).cpu, 0s);
  tell("go");
  const double told = number_from("done");
  EXPECT_GT(told, 2.0);
  expect_within_two_percent(read(gauge).cpu, told);
}

// A worker that the gauge has seen, and that is gone when it looks again.
TEST_F(ProcessGaugeTest, CountsAWorkerOnceThatEndsBetweenTwoLooks) {
  make_pipes({"begun", "first", "burnt", "second", "done", "end"});
  const process::Kept kept = start(R"(
say("begun", 1)
wait("first")
before = spent()
reads, writes = os.pipe()
worker = os.fork()
if worker == 0:
    burn(0.5)
    say("burnt", 1)
    wait("second")
    burn(0.5)
    os.write(writes, b"%15.9f\n" % spent())
    os._exit(0)
os.waitpid(worker, 0)
say("done", float(os.read(reads, 16)) + spent() - before)
wait("end")
)");
  ProcessGauge gauge(KeptBy{kept.keeper()});
  number_from("begun");
  read(gauge);
  tell("first");
  number_from("burnt");
  const Use middle = read(gauge);
  EXPECT_GE(middle.cpu, 500ms);
  EXPECT_EQ(middle.processes, 2U);
  tell("second");
  const double told = number_from("done");
  const Use last = read(gauge);
  EXPECT_EQ(last.processes, 1U);
  EXPECT_NEAR(seconds(last.cpu), told, 0.025) << "reaped time is told in ticks";
}

TEST_F(ProcessGaugeTest, KnowsTheMemory) {
  make_pipes({"begun", "go", "done", "end"});
  const process::Kept kept = start(R"(
say("begun", 1)
wait("go")
memory = b"x" * (50 << 20)
say("done", 1)
wait("end")
)");
  ProcessGauge gauge(KeptBy{kept.keeper()});
  number_from("begun");
  const std::uint64_t before = read(gauge).memory;
  EXPECT_GT(before, megabytes(3));
  tell("go");
  number_from("done");
  const std::uint64_t more = read(gauge).memory - before;
  EXPECT_GT(more, megabytes(49.5));
  EXPECT_LT(more, megabytes(55));
}

TEST_F(ProcessGaugeTest, OfAKeeperThatIsGoneSaysSo) {
  process::Kept kept = run("true");
  ProcessGauge gauge(KeptBy{kept.keeper()});
  kept.stop(20s);
  const Result<Use> use = gauge.read(ProcessTable::read());
  ASSERT_FALSE(use);
  EXPECT_EQ(use.error().text, "it has ended");
}

constexpr const char* kForkingServer = R"(
server = socket.create_server(("127.0.0.1", 0))
for _ in range(2):
    if os.fork() == 0:
        wait("go")
        burn(0.2)
        say("done", 1)
        signal.pause()
say("port", server.getsockname()[1])
wait("end")
)";

plan::Watch port_of(double port) {
  return {.name = "web",
          .by = plan::Watch::By::port,
          .port = static_cast<unsigned short>(port),
          .text = "",
          .place = {}};
}

TEST_F(ProcessGaugeTest, FindsAServerAndItsWorkersByPort) {
  make_pipes({"port", "go", "done", "end"});
  const process::Kept kept = start(kForkingServer);
  ProcessGauge gauge(roots_of(port_of(number_from("port"))));
  EXPECT_EQ(read(gauge).processes, 3U);
  tell("go");  // One of the two reads it, or both.
  number_from("done");
  EXPECT_GE(read(gauge).cpu, 200ms);
}

// The watched server's parent is none of ours, so what it had spent must not be lost.
TEST_F(ProcessGaugeTest, CountsOnWhenAWatchedServerIsRestarted) {
  make_pipes({"port", "burn", "burnt", "restart", "again", "end"});
  const process::Kept kept = start(R"(
def serve(port):
    server = socket.create_server(("127.0.0.1", port))
    if port == 0:
        say("port", server.getsockname()[1])
        wait("burn")
        port = server.getsockname()[1]
        burn(0.2)
        say("burnt", port)
        wait("restart")
        os._exit(0)
    burn(0.1)
    say("again", spent())
    wait("end")

first = os.fork()
if first == 0:
    serve(0)
os.waitpid(first, 0)
if os.fork() == 0:
    serve(int(open("chosen").read()))
signal.pause()
)");
  const double port = number_from("port");
  ASSERT_TRUE(write_file(folder_.path() / "chosen", std::to_string(static_cast<int>(port))));
  ProcessGauge gauge(roots_of(port_of(port)));
  EXPECT_EQ(read(gauge).cpu, 0s);
  tell("burn");
  number_from("burnt");
  const Nanoseconds before = read(gauge).cpu;
  EXPECT_GE(before, 200ms);
  tell("restart");
  const double told = number_from("again");
  EXPECT_NEAR(seconds(read(gauge).cpu - before), told, 0.02) << "from its start of life";
}

TEST_F(ProcessGaugeTest, FindsByPidFileAndByName) {
  make_pipes({"begun", "end"});
  const process::Kept kept =
      run("cp /bin/sh ./lg-odd-name && ./lg-odd-name -c 'echo $$ > app.pid; echo $$ > begun; "
          "read -r line < end; :'");
  const double pid = number_from("begun");
  const plan::Watch by_file{.name = "web",
                            .by = plan::Watch::By::pid_file,
                            .port = 0,
                            .text = folder_.path() / "app.pid",
                            .place = {}};
  const plan::Watch by_name{
      .name = "web", .by = plan::Watch::By::process, .port = 0, .text = "lg-odd-name", .place = {}};
  for (const plan::Watch& watch : {by_file, by_name}) {
    ProcessGauge gauge(roots_of(watch));
    EXPECT_EQ(read(gauge).processes, 1U) << pid;
    EXPECT_GT(read(gauge).memory, 100'000U);
  }
}

TEST_F(ProcessGaugeTest, NothingFoundSaysWhy) {
  const plan::Watch nobody{
      .name = "db", .by = plan::Watch::By::process, .port = 0, .text = "lg-nobody", .place = {}};
  ProcessGauge gauge(roots_of(nobody));
  const Result<Use> use = gauge.read(ProcessTable::read());
  ASSERT_FALSE(use);
  EXPECT_EQ(use.error().text, "no process is called lg-nobody");
}

}  // namespace
}  // namespace loadgate::monitor
