#include "gate_line.h"

#include <nlohmann/json.hpp>

namespace loadgate::trust {

using nlohmann::json;

json line_of(const gate::Verdict& verdict) {
  json failed = json::array(), open = json::array();
  std::size_t compared = 0;
  for (const gate::ComparisonFinding& one : verdict.comparisons) {
    if (one.weight == gate::Weight::shown) continue;
    ++compared;
    if (one.outcome == gate::Outcome::fail) {
      failed.push_back({one.request, name_of(one.metric), one.change});
    } else if (one.outcome == gate::Outcome::inconclusive && one.weight == gate::Weight::deciding) {
      open.push_back({one.request, name_of(one.metric), name_of(one.cause)});
    }
  }
  return {{"conclusion", name_of(verdict.conclusion)},
          {"failed", std::move(failed)},
          {"open", std::move(open)},
          {"compared", compared}};
}

}  // namespace loadgate::trust
