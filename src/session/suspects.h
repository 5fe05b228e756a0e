#pragma once

// Two jobs, two machines: `run --suspects FILE` writes down what got worse and does not
// fail; `run --confirm FILE` on a fresh machine judges that alone. Main thread.

#include <filesystem>
#include <string>
#include <vector>

#include "base/result.h"
#include "gate/verdict.h"
#include "metrics/run_result.h"
#include "plan/plan.h"

namespace loadgate::session {

struct Suspects {
  std::string plan_name;
  std::string load_hash;  // Of the whole plan's judged load: both jobs must put on the same.
  std::string commit;     // Where they were found.
  std::vector<metrics::Suspect> list;
};

// The failed comparisons of a run; none where it is not valid.
Suspects suspects_of(const metrics::RunResult& run, const gate::Verdict& verdict);

Result<void> write_suspects(const std::filesystem::path& file, const Suspects& suspects);

// An error too where they are of another plan or another load.
Result<Suspects> read_suspects(const std::filesystem::path& file, const plan::Plan& plan);

}  // namespace loadgate::session
