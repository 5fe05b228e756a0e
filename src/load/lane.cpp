#include "load/lane.h"

#include <fmt/format.h>

#include <utility>

namespace loadgate::load {

Lane::Lane(const LaneTerms& terms, const Options& options, const Limits& limits)
    : plan_(*terms.plan),
      side_(terms.side),
      shape_(plan_.stages,
             plan_.judges_ramps ? LoadShape::Held::all : LoadShape::Held::behind_ramp),
      arrivals_(terms.arrivals),
      pool_limits_(pool_limits(plan_.stages, options.workers, limits)),
      script_(plan_, options.seed, shape_.most_users(), terms.rows),
      ledger_(plan_, options) {}

Surroundings Lane::surroundings(const Clock& clock, const Stop& stop) {
  return {script_, shape_, arrivals_, pool_limits_, clock, stop, mailbox_};
}

void Lane::collect(LastSecond* last_second) {
  for (Sealed& sealed : mailbox_.take()) {
    if (last_second != nullptr) last_second->add(sealed);
    ledger_.enter(std::move(sealed));
  }
}

bool Lane::is_ended_by_data(bool nobody_can_go_on) {
  if (data_that_ended_ != nullptr) return true;
  data_that_ended_ = script_.feeds().ends_run();
  if (data_that_ended_ == nullptr && nobody_can_go_on) data_that_ended_ = script_.feeds().ran_out();
  return data_that_ended_ != nullptr;
}

std::optional<std::string> Lane::data_warning(bool ended_run) const {
  const plan::Data* ended = ended_run ? data_that_ended_ : nullptr;
  const plan::Data* data = ended != nullptr ? ended : script_.feeds().ran_out();
  if (data == nullptr) return std::nullopt;
  if (ended == nullptr && data->share == plan::Data::Share::each_user) {
    return fmt::format("users who had read all {} rows of the data \"{}\" ended", data->rows.size(),
                       data->name);
  }
  return fmt::format("the data \"{}\" ran out after {} rows, so {} ended", data->name,
                     data->rows.size(),
                     ended != nullptr ? "the run" : "users and arrivals that read it");
}

metrics::RunResult Lane::close(const std::vector<Worker::Account>& accounts, Nanoseconds end,
                               bool ended_run) {
  metrics::RunResult result = ledger_.close(accounts, end);
  for (metrics::Series& series : result.series) series.key.side = side_;
  for (const auto& warning : {lowered_pools(plan_.stages, pool_limits_), data_warning(ended_run)}) {
    if (warning) result.health.warnings.push_back(*warning);
  }
  return result;
}

}  // namespace loadgate::load
