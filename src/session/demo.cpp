#include "session/demo.h"

#include <fmt/format.h>

#include <system_error>

#include "base/file.h"
#include "process/child.h"
#include "session/plan_file.h"
#include "session/record.h"
#include "session/run.h"

namespace loadgate::session {
namespace {

constexpr int kBaselineRuns = 4;
constexpr std::string_view kFault = "60%";

struct Target {
  process::Child process;
  std::string address;
};

Result<Target> start_target(const std::vector<std::string>& faults) {
  std::vector<std::string> arguments{"target"};
  arguments.insert(arguments.end(), faults.begin(), faults.end());
  Result<process::Child> child = process::Child::spawn(process::own_program(), arguments);
  if (!child) return failure(child.error().during("starting the built-in target"));
  Result<std::string> line = child->read_line(std::chrono::seconds(5));
  if (!line) return failure(line.error().during("starting the built-in target"));
  if (!line->starts_with(kTargetReady)) return failure("the built-in target said: " + *line);
  return Target{std::move(*child), line->substr(kTargetReady.size())};
}

class DemoRun {
 public:
  explicit DemoRun(const DemoOptions& options) : options_(options) {}

  Result<Demo> play() {
    const Result<void> prepared = prepare();
    if (!prepared) return failure(prepared.error());
    const Result<bool> recorded = take_baseline();
    if (!recorded) return failure(recorded.error());
    if (!*recorded) return interrupted();

    Result<JudgedRun> unchanged = run_against({}, "unchanged", "3. The same build again");
    if (!unchanged) return failure(unchanged.error());
    if (unchanged->run.info.interrupted) return interrupted();
    Result<JudgedRun> slower =
        run_against({"--slower", std::string(kFault)}, "slower",
                    fmt::format("4. A build whose answers take {} longer", kFault));
    if (!slower) return failure(slower.error());
    if (slower->run.info.interrupted) return interrupted();

    Demo demo;
    const bool is_expected = unchanged->summary.verdict.conclusion == gate::Conclusion::passed &&
                             slower->summary.verdict.conclusion == gate::Conclusion::regression;
    demo.end = is_expected ? DemoEnd::as_expected : DemoEnd::unexpected;
    demo.unchanged = std::move(unchanged->summary);
    demo.slower = std::move(slower->summary);
    demo.paths = std::move(slower->paths);
    return demo;
  }

 private:
  static Result<Demo> interrupted() {
    Demo demo;
    demo.end = DemoEnd::interrupted;
    return demo;
  }

  Result<void> prepare() {
    // A demo starts from nothing; only what an earlier demo made is removed.
    std::error_code ignored;
    std::filesystem::remove_all(baselines() / "demo", ignored);
    const std::filesystem::path plan = options_.out / "plan.yaml";
    const Result<void> written = write_file(plan, example_plan("demo.yaml"));
    if (!written) return failure(written.error());
    options_.say(
        fmt::format("1. The plan: {} (20 users, a shop of three requests)", plan.string()));
    return {};
  }

  Result<bool> take_baseline() {
    options_.say(fmt::format("2. A baseline: {} short runs of the build we have", kBaselineRuns));
    Result<Target> target = start_target({});
    if (!target) return failure(target.error());
    const PlanFile file = plan_for(*target);
    if (!file.plan) return failure(file.complaint);
    const Result<Recorded> recorded =
        record(*file.plan, {.runs = kBaselineRuns, .root = baselines(), .accepted = {}},
               measuring(options_.seed));
    if (!recorded) return failure(recorded.error());
    if (recorded->end == RecordEnd::invalid) return failure(recorded->reason);
    return recorded->end == RecordEnd::complete;
  }

  Result<JudgedRun> run_against(const std::vector<std::string>& faults, const char* folder,
                                const std::string& step) {
    options_.say(step);
    Result<Target> target = start_target(faults);
    if (!target) return failure(target.error());
    const PlanFile file = plan_for(*target);
    if (!file.plan) return failure(file.complaint);
    RunOptions run_options;
    run_options.measure = measuring(options_.seed + kBaselineRuns);
    run_options.baseline = baselines();
    run_options.out = options_.out / folder;
    Result<JudgedRun> judged = run(*file.plan, run_options);
    if (!judged) return failure(judged.error());
    if (!judged->trouble.empty()) return failure(judged->trouble);
    options_.say("   " + judged->summary.verdict.sentence);
    return judged;
  }

  PlanFile plan_for(const Target& target) const {
    reader::Overrides overrides;
    overrides.host = target.address;
    return open_plan((options_.out / "plan.yaml").string(), overrides);
  }

  MeasureOptions measuring(std::uint64_t seed) const {
    MeasureOptions measure;
    measure.seed = seed;
    measure.workers = options_.workers;
    measure.command = fmt::format("loadgate demo --out {}", options_.out.string());
    measure.stop_request = options_.stop_request;
    measure.say = [this](const std::string& line) { options_.say("   " + line); };
    return measure;
  }

  std::filesystem::path baselines() const { return options_.out / "baselines"; }

  const DemoOptions& options_;
};

}  // namespace

Result<Demo> demo(const DemoOptions& options) { return DemoRun(options).play(); }

}  // namespace loadgate::session
