#include "load/ledger.h"

#include <algorithm>
#include <utility>

#include "load/judging.h"

namespace loadgate::load {

Ledger::Ledger(const plan::Plan& plan, const Options& options)
    : collector_(plan.stages.size(), plan.request_names.size(), options.window_budget),
      judging_(judging_of(plan)),
      timeline_(options.window_budget) {
  self_watch_.wanted = options.punctuality;
}

void Ledger::begin(unsigned users) {
  machine_before_ = machine_time();
  timeline_.add({}, users);
}

void Ledger::enter(Sealed sealed) {
  for (const metrics::Batch::Cell& cell : sealed.batch.cells) {
    const metrics::Tally& tally = cell.tally;
    requests_ += tally.requests;
    failures_ += tally.failures();
    out_of_descriptors_ +=
        tally.errors[static_cast<std::size_t>(metrics::ErrorKind::out_of_descriptors)];
  }
  self_watch_.add(sealed);
  collector_.add(std::move(sealed.batch));
}

Spent Ledger::spent(const std::vector<Worker::Account>& accounts) const {
  Spent spent;
  for (const Worker::Account& account : accounts) {
    const double share =
        account.length.count() == 0 ? 0 : seconds(account.cpu) / seconds(account.length);
    spent.cpu_share += share / static_cast<double>(accounts.size());
    spent.busiest_worker = std::max(spent.busiest_worker, share);
    spent.reconnects += account.reconnects;
  }
  spent.steal_share = steal_share(machine_before_, machine_time());
  spent.loop_lag_p99 = collector_.loop_lag().quantile(0.99);
  spent.out_of_descriptors = out_of_descriptors_;
  spent.is_saturated = is_saturated(judging_);
  return spent;
}

metrics::RunResult Ledger::close(const std::vector<Worker::Account>& accounts, Nanoseconds end) {
  metrics::RunResult result;
  result.info.length = end;
  for (const Worker::Account& account : accounts) {
    result.info.length = std::max(result.info.length, account.last_answer);
  }
  cut_held(judging_, end);
  result.health = judge_health(self_watch_, spent(accounts));
  result.judging = std::move(judging_);
  result.users = timeline_.take();
  collector_.finish(result);
  return result;
}

}  // namespace loadgate::load
