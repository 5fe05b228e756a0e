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

bool fails(const ComparisonFinding* one) { return one != nullptr && one->outcome == Outcome::fail; }

}  // namespace

void hear_earlier(std::vector<ComparisonFinding>& findings,
                  const std::vector<std::vector<ComparisonFinding>>& earlier, NameStage stage) {
  for (ComparisonFinding& one : findings) {
    if (one.weight == Weight::shown) continue;
    for (const std::vector<ComparisonFinding>& run : earlier) {
      const ComparisonFinding* other = same_in(run, one);
      if (fails(other) == fails(&one)) continue;
      one.explanation = explain_unconfirmed(one, other, stage);
      one.advice = "another run; a real regression comes back";
      one.outcome = Outcome::inconclusive;
      one.cause = Cause::not_confirmed;
      break;
    }
  }
}

}  // namespace loadgate::gate
