#include "session/run.h"

#include "baseline/store.h"
#include "session/reports.h"
#include "session/second_look.h"
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
  Result<std::vector<baseline::Stored>> pinned = store.anchor(plan_name);
  if (!pinned) return failure(pinned.error().during("reading the anchor of the baseline"));
  for (baseline::Stored& one : *pinned) baseline.anchor.push_back(std::move(one.digest));
  return std::optional<gate::Baseline>(std::move(baseline));
}

Result<JudgedRun> run(const plan::Plan& plan, const RunOptions& options) {
  Standard standard{std::nullopt, options.suspects};
  if (options.baseline) {
    Result<std::optional<gate::Baseline>> found = read_baseline(*options.baseline, plan.name);
    if (!found) return failure(found.error());
    standard.baseline = std::move(*found);
  }
  const Result<void> prepared = prepare_folder(options.out);
  if (!prepared) return failure(prepared.error());

  ServiceUnderTest service(plan, {.log = options.out / "service.log",
                                  .stop_request = options.measure.stop_request,
                                  .say = options.measure.say});
  Look look = look_once(plan, service, options.measure, standard);
  if (options.confirms && is_to_be_confirmed(look, plan)) {
    look = look_again(std::move(look), plan, service, options.measure, standard);
  }

  return deliver(std::move(look.run), std::move(look.verdict), options.out, options.junit_family);
}

}  // namespace loadgate::session
