#pragma once

// The table of wrong plans in wrong_plans.txt. A case is
//
//   === what is wrong
//   the lines that make the plan wrong
//   +++
//   all that render() says
//
// and the plan is those lines, then every key of a right plan that they do not have.
// "(without target)" behind the claim leaves that key out; "(whole)" adds nothing;
// "[schema]" at its end says that the JSON Schema refuses the plan too (tests/cli/test_schema.py).

#include <fstream>
#include <string>
#include <string_view>
#include <vector>

namespace loadgate::reader {

struct WrongPlan {
  std::string claim;
  std::string plan;
  std::string expected;
};

// The right plan's `key`, and nothing if `own` has it.
inline std::string unless_given(const WrongPlan& wrong, std::string_view key,
                                std::string_view line) {
  const std::string start = std::string(key) + ":";
  const bool is_given = wrong.plan.starts_with(start) ||
                        wrong.plan.find("\n" + start) != std::string::npos ||
                        wrong.claim.find("(without " + std::string(key)) != std::string::npos;
  return is_given ? "" : start + " " + std::string(line) + "\n";
}

inline void complete(WrongPlan& wrong) {
  if (wrong.claim.find("(whole)") != std::string::npos) return;
  const std::string rest = unless_given(wrong, "name", "shop") +
                           unless_given(wrong, "target", "http://127.0.0.1:8000") +
                           unless_given(wrong, "stages", "[{ for: 1m, users: 5 }]") +
                           unless_given(wrong, "scenarios", "[{ tasks: [{ get: /home }] }]");
  wrong.plan += rest;
}

inline std::vector<WrongPlan> read_wrong_plans(const std::string& path) {
  std::vector<WrongPlan> plans;
  std::ifstream file(path);
  bool is_expected = false;
  for (std::string line; std::getline(file, line);) {
    if (line.starts_with("=== ")) {
      plans.push_back({line.substr(4), {}, {}});
      is_expected = false;
    } else if (line == "+++") {
      is_expected = true;
    } else {
      (is_expected ? plans.back().expected : plans.back().plan) += line + "\n";
    }
  }
  for (WrongPlan& wrong : plans) complete(wrong);
  return plans;
}

}  // namespace loadgate::reader
