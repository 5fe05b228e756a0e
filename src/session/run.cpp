#include "session/run.h"

#include "baseline/store.h"
#include "session/reports.h"
#include "session/service_under_test.h"

namespace loadgate::session {

Result<std::optional<gate::Baseline>> read_baseline(const std::filesystem::path& root,
                                                    const std::string& plan_name) {
  const baseline::Store store(root);
  Result<std::vector<baseline::Stored>> stored = store.runs(plan_name);
  if (!stored) return failure(stored.error().during("reading the baseline"));
  if (stored->empty()) return std::optional<gate::Baseline>();
  gate::Baseline baseline;
  baseline.folder = store.folder_of(plan_name).string();
  for (baseline::Stored& one : *stored) baseline.runs.push_back(std::move(one.digest));
  return std::optional<gate::Baseline>(std::move(baseline));
}

Result<JudgedRun> run(const plan::Plan& plan, const RunOptions& options) {
  std::optional<gate::Baseline> baseline;
  if (options.baseline) {
    Result<std::optional<gate::Baseline>> found = read_baseline(*options.baseline, plan.name);
    if (!found) return failure(found.error());
    baseline = std::move(*found);
  }
  const Result<void> prepared = prepare_folder(options.out);
  if (!prepared) return failure(prepared.error());

  JudgedRun judged;
  ServiceUnderTest service(plan, {.log = options.out / "service.log",
                                  .stop_request = options.measure.stop_request,
                                  .say = options.measure.say});
  judged.run = measure(plan, service, options.measure);
  judged.summary = gate::summarize(judged.run, gate::judge(judged.run, baseline));
  Result<std::vector<std::string>> paths = write_reports(judged.run, judged.summary, options.out);
  if (paths) {
    judged.paths = std::move(*paths);
  } else {
    judged.trouble = paths.error().text;
  }
  return judged;
}

}  // namespace loadgate::session
