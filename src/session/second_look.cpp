#include "session/second_look.h"

#include <algorithm>
#include <utility>

#include "metrics/run_digest.h"
#include "session/service_under_test.h"

namespace loadgate::session {
namespace {

bool misses_threshold(const gate::Verdict& verdict) {
  return std::any_of(verdict.thresholds.begin(), verdict.thresholds.end(),
                     [](const auto& one) { return one.outcome == gate::Outcome::fail; });
}

std::string without_stop(std::string sentence) {
  if (sentence.ends_with('.')) sentence.pop_back();
  return sentence;
}

bool is_cut(const metrics::RunResult& run) {
  return !run.health.invalid.empty() || run.info.interrupted;
}

}  // namespace

Look look_once(const plan::Plan& plan, ServiceUnderTest& service, const MeasureOptions& options,
               const Standard& standard) {
  Look look;
  look.run = measure(plan, service, options);
  look.run.suspects = standard.suspects;
  look.verdict = gate::judge(look.run, standard.baseline);
  return look;
}

bool is_to_be_confirmed(const Look& first, const plan::Plan& plan) {
  return first.verdict.conclusion == gate::Conclusion::regression &&
         first.run.info.aborted.empty() && may_run_again(plan);
}

Look look_again(Look first, const plan::Plan& plan, ServiceUnderTest& service,
                const MeasureOptions& options, const Standard& standard) {
  const std::string found = without_stop(first.verdict.sentence);
  if (options.say) options.say(found + ": looking again, to be sure");
  MeasureOptions again = options;
  ++again.seed;
  Look second = look_once(plan, service, again, standard);
  // A limit is no matter of luck with neighbours: what was missed once was missed.
  const bool is_first_reported =
      !is_cut(second.run) && misses_threshold(first.verdict) && !misses_threshold(second.verdict);
  Look& reported = is_first_reported ? first : second;
  const Look& other = is_first_reported ? second : first;
  reported.run.earlier.push_back(metrics::digest_of(other.run));
  if (!reported.run.health.invalid.empty()) {
    reported.run.health.warnings.push_back(
        "this run was to confirm what the one before it found: " + found);
  }
  reported.verdict = gate::judge(reported.run, standard.baseline);
  return std::move(reported);
}

}  // namespace loadgate::session
