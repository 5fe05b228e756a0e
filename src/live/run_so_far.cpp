#include "live/run_so_far.h"

#include <algorithm>
#include <functional>

#include "base/text.h"

namespace loadgate::live {
namespace {

constexpr Nanoseconds kBetweenCalls = std::chrono::seconds(1);

// A run that is repeated, a second look, the next epoch: all is counted from zero again.
bool is_another_run(const load::Progress& before, const load::Progress& now) {
  return now.elapsed < before.elapsed || now.requests < before.requests ||
         now.failures < before.failures || now.so_far.size() != before.so_far.size();
}

std::string shown_answer(const metrics::FailureSample& sample) {
  const std::string& body = sample.response.body;
  std::string text(truncated(body, RunSoFar::kAnswerBytes));
  if (text.size() < body.size()) text += "…";
  return text;
}

}  // namespace

void RunSoFar::add(const load::Progress& now) {
  const bool is_new_run = !now_ || is_another_run(*now_, now);
  if (is_new_run) begin_anew(now);
  const double at = seconds(before_ + now.elapsed);
  // Between the epochs of a duet builds are started, and time goes on.
  const double length = is_new_run ? seconds(kBetweenCalls) : std::max(at - last_second_.at, 1e-3);
  const std::uint64_t failures = now.failures - (is_new_run ? 0 : now_->failures);
  last_second_ = {.at = at,
                  .wanted = now.rate,
                  .begun = now.begun_per_second,
                  .requests = now.requests_per_second,
                  .failures = static_cast<double>(failures) / length,
                  .users = static_cast<double>(now.users),
                  .p50 = milliseconds(now.p50),
                  .p95 = milliseconds(now.p95)};
  history_.add(last_second_);
  remember_details(now);
  look_at_rows(now);
  now_ = now;
  for (load::SideSoFar& side : now_->so_far) side.collector = nullptr;  // Only for the call.
}

void RunSoFar::begin_anew(const load::Progress& now) {
  if (now_ && now.elapsed <= now_->elapsed) before_ += now_->elapsed;
  rows_.assign(now.so_far.size() * names_, Row{.looked_at = now.elapsed - kBetweenCalls});
  next_row_ = 0;
  details_.clear();
  groups_seen_.assign(now.so_far.size(), 0);
}

void RunSoFar::look_at_rows(const load::Progress& now) {
  const std::size_t most = std::min(rows_.size(), kRowsASecond);
  std::vector<Found> found = series_in_turn(now, most);
  auto next = found.begin();
  rows_changed_.clear();
  for (std::size_t i = 0; i < most; ++i) {
    const std::size_t row = (next_row_ + i) % rows_.size();
    const auto behind =
        std::find_if(next, found.end(), [&](const Found& one) { return one.turn != i; });
    if (look_at(rows_[row], {next, behind}, now.elapsed)) rows_changed_.push_back(row);
    next = behind;
  }
  if (most > 0) next_row_ = (next_row_ + most) % rows_.size();
}

// Those of the rows that are looked at now, in their order.
std::vector<RunSoFar::Found> RunSoFar::series_in_turn(const load::Progress& now,
                                                      std::size_t most) const {
  std::vector<Found> found;
  for (std::size_t side = 0; side < now.so_far.size(); ++side) {
    for (const metrics::Series& series : now.so_far[side].collector->series()) {
      const std::size_t row = side * names_ + series.key.request_name;
      const std::size_t turn = (row + rows_.size() - next_row_) % rows_.size();
      if (turn < most) found.push_back({turn, &series});
    }
  }
  std::ranges::stable_sort(found, {}, &Found::turn);
  return found;
}

// Whether there is anything new to show.
bool RunSoFar::look_at(Row& known, std::span<const Found> found, Nanoseconds elapsed) {
  Row look{.looked_at = elapsed};
  scratch_.clear();
  for (const Found& one : found) {
    const metrics::Tally& all = one.series->all;
    look.requests += all.requests;
    look.failures += all.failures();
    for (std::size_t kind = 0; kind < look.errors.size(); ++kind) {
      look.errors[kind] += all.errors[kind];
    }
    scratch_.merge(all.response_times);
  }
  const double since = seconds(elapsed - known.looked_at);
  if (since > 0) look.per_second = static_cast<double>(look.requests - known.requests) / since;
  if (!scratch_.empty()) {
    look.p50 = scratch_.quantile(0.5);
    look.p95 = scratch_.quantile(0.95);
    look.p99 = scratch_.quantile(0.99);
    look.highest = scratch_.max();
  }
  const bool is_new = look.requests != known.requests || known.per_second > 0;
  known = look;
  return is_new;
}

// Groups are only ever added, so those seen need no second look.
void RunSoFar::remember_details(const load::Progress& now) {
  for (std::size_t side = 0; side < now.so_far.size(); ++side) {
    const auto& groups = now.so_far[side].collector->failures();
    for (std::size_t& i = groups_seen_[side]; i < groups.size(); ++i) {
      const metrics::FailureGroup& group = groups[i];
      if (group.samples.empty()) continue;
      details_.push_back({side * names_ + group.request_name, group.kind,
                          group.samples.front().detail, shown_answer(group.samples.front())});
    }
  }
}

std::vector<FailedRow> RunSoFar::failures() const {
  std::vector<FailedRow> failed;
  for (std::size_t row = 0; row < rows_.size(); ++row) {
    for (std::size_t kind = 0; kind < metrics::kErrorKinds; ++kind) {
      const std::uint64_t count = rows_[row].errors[kind];
      if (count > 0) failed.push_back({row, static_cast<metrics::ErrorKind>(kind), count, {}, {}});
    }
  }
  std::ranges::stable_sort(failed, std::ranges::greater(), &FailedRow::count);
  if (failed.size() > kFailures) failed.resize(kFailures);
  for (FailedRow& each : failed) {
    const auto detail = std::ranges::find_if(
        details_, [&](const Detail& one) { return one.row == each.row && one.kind == each.kind; });
    if (detail == details_.end()) continue;
    each.detail = detail->text;
    each.answer = detail->answer;
  }
  return failed;
}

}  // namespace loadgate::live
