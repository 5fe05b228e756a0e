#include "gate/confirmation.h"

#include <algorithm>
#include <tuple>

namespace loadgate::gate {
namespace {

// Nothing where that run had no such request.
const ComparisonFinding* same_in(const std::vector<ComparisonFinding>& findings,
                                 const ComparisonFinding& one) {
  const auto key = [](const ComparisonFinding& each) {
    return std::tie(each.stage, each.request, each.metric);
  };
  const auto found = std::find_if(findings.begin(), findings.end(),
                                  [&](const auto& each) { return key(each) == key(one); });
  return found == findings.end() ? nullptr : &*found;
}

constexpr const char* kWhatSettles = "another run; a real regression comes back";

bool fails(const ComparisonFinding* one) { return one != nullptr && one->outcome == Outcome::fail; }

// What failed and is not there any more: nobody looked a second time.
void add_lost(std::vector<ComparisonFinding>& findings, const std::vector<ComparisonFinding>& run,
              NameStage stage) {
  for (const ComparisonFinding& one : run) {
    if (!fails(&one) || same_in(findings, one) != nullptr) continue;
    ComparisonFinding& lost = findings.emplace_back(one);
    lost.explanation = explain_unasked(one, stage);
    lost.advice = kWhatSettles;
    lost.outcome = Outcome::inconclusive;
    lost.cause = Cause::not_confirmed;
  }
}

}  // namespace

void hear_earlier(std::vector<ComparisonFinding>& findings,
                  const std::vector<std::vector<ComparisonFinding>>& earlier, NameStage stage) {
  for (ComparisonFinding& one : findings) {
    if (one.weight == Weight::shown) continue;
    for (const std::vector<ComparisonFinding>& run : earlier) {
      const ComparisonFinding* other = same_in(run, one);
      if (fails(other) == fails(&one)) continue;
      one.explanation = explain_unconfirmed(one, other, stage);
      one.advice = kWhatSettles;
      one.outcome = Outcome::inconclusive;
      one.cause = Cause::not_confirmed;
      break;
    }
  }
  for (const std::vector<ComparisonFinding>& run : earlier) add_lost(findings, run, stage);
}

}  // namespace loadgate::gate
