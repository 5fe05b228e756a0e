#pragma once

// What belongs to one side of a run: its plan and what is made of it for the workers, and
// the ledger of what came of it. An ordinary run has one lane, a duet two. Main thread;
// workers read what surroundings() refers to.

#include <string>
#include <vector>

#include "load/arrivals.h"
#include "load/last_second.h"
#include "load/ledger.h"
#include "load/limits.h"
#include "load/load_shape.h"
#include "load/mailbox.h"
#include "load/runner.h"
#include "load/script.h"
#include "load/surroundings.h"
#include "metrics/series.h"

namespace loadgate::load {

// What a lane begins with. The plan outlives it.
struct LaneTerms {
  const plan::Plan* plan = nullptr;
  Arrivals arrivals;
  DrawnRows rows;
  metrics::Side side = metrics::Side::head;
};

class Lane {
 public:
  // `limits`: of this lane alone.
  Lane(const LaneTerms& terms, const Options& options, const Limits& limits);

  const plan::Plan& plan() const { return plan_; }
  metrics::Side side() const { return side_; }
  const LoadShape& shape() const { return shape_; }
  const Arrivals& arrivals() const { return arrivals_; }
  const Ledger& ledger() const { return ledger_; }

  // All refer to this lane, which does not move.
  Surroundings surroundings(const Clock& clock, const Stop& stop);
  bool wait_for_finish(unsigned workers, Nanoseconds patience) {
    return mailbox_.wait_for_finish(workers, patience);
  }

  void begin() { ledger_.begin(shape_.users_at({})); }
  void collect(LastSecond* last_second);  // Null: nobody asks.
  void note_users(Nanoseconds elapsed, unsigned users) { ledger_.note_users(elapsed, users); }

  // Whether data that ran out end this lane: the plan says so, or nobody can go on.
  bool is_ended_by_data(bool nobody_can_go_on);

  // What there is to say once the run is over: `ended_run` where data did that.
  metrics::RunResult close(const std::vector<Worker::Account>& accounts, Nanoseconds end,
                           bool ended_run);
  DrawnRows drawn_rows() const { return script_.feeds().drawn(); }

 private:
  std::optional<std::string> data_warning(bool ended_run) const;

  const plan::Plan& plan_;
  const metrics::Side side_;
  const LoadShape shape_;
  const Arrivals arrivals_;
  const std::vector<unsigned> pool_limits_;
  const Script script_;
  Mailbox mailbox_;
  Ledger ledger_;
  const plan::Data* data_that_ended_ = nullptr;  // The lane, by running out.
};

}  // namespace loadgate::load
