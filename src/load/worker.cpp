#include "load/worker.h"

#include <sys/prctl.h>

#include <algorithm>

#include "load/cpu_time.h"

namespace loadgate::load {

Worker::Worker(const std::vector<Surroundings>& lanes, transport::Transport& transport, Part part)
    : transport_(transport), clock_(lanes.front().clock), stop_(lanes.front().stop) {
  for (const Surroundings& lane : lanes) {
    const auto number = static_cast<std::uint32_t>(shares_.size());
    shares_.push_back(std::make_unique<Share>(lane, number, transport, part));
    mailboxes_.push_back(&lane.mailbox);
  }
}

void Worker::run(const Epoch& epoch) {
  // The default slack lets the kernel wake a resting user 50 us late.
  prctl(PR_SET_TIMERSLACK, 1UL, 0UL, 0UL, 0UL);
  const Nanoseconds cpu_before = cpu_time_of_thread();
  begin(epoch);
  while (turn()) {
  }
  cpu_ = cpu_time_of_thread() - cpu_before;
  for (Mailbox* mailbox : mailboxes_) mailbox->worker_finished();
}

void Worker::begin(const Epoch& epoch) {
  start_ = now_ = epoch.start;
  for (const auto& share : shares_) share->begin(epoch);
}

bool Worker::turn() {
  done_.clear();
  transport_.wait(next_event(), done_);
  now_ = clock_.now();
  if (must_cut_off()) {
    cut_off();
  } else {
    handle();
  }
  for (const auto& share : shares_) share->end_turn(now_);
  if (!is_over()) return true;
  close();
  return false;
}

void Worker::handle() {
  for (const auto& share : shares_) share->follow(now_);
  fire_timers();
  take_answers();
  advance_pools();
  for (const auto& share : shares_) share->start_users(now_);
  if (!done_.empty()) note_lag();
}

TimePoint Worker::next_event() {
  const bool is_stopping = elapsed() >= stop_.end();
  TimePoint next = start_ + (is_stopping ? stop_.limit() : stop_.end());
  for (const auto& share : shares_) next = std::min(next, share->next_event(now_));
  return next;
}

bool Worker::must_cut_off() const { return stop_.is_now() || elapsed() >= stop_.limit(); }

bool Worker::is_over() const {
  return std::all_of(shares_.begin(), shares_.end(),
                     [](const auto& share) { return share->is_over(); });
}

// Of a tie, which is common, because answers that come together are stamped alike, the
// moment's last bit says which lane goes first: by chance and not always the same.
bool Worker::comes_first(const Alarm& a, const Alarm& b) {
  if (a.timer.due != b.timer.due) return a.timer.due < b.timer.due;
  const bool is_odd = a.timer.due.time_since_epoch().count() % 2 != 0;
  return is_odd ? a.lane > b.lane : a.lane < b.lane;
}

void Worker::fire_timers() {
  alarms_.clear();
  for (std::size_t lane = 0; lane < shares_.size(); ++lane) {
    for (const Timer& timer : shares_[lane]->take_due(now_)) alarms_.push_back({timer, lane});
  }
  if (shares_.size() > 1) std::stable_sort(alarms_.begin(), alarms_.end(), comes_first);
  for (const Alarm& alarm : alarms_) shares_[alarm.lane]->fire(alarm.timer, now_);
}

void Worker::take_answers() {
  for (const transport::Exchange* exchange : done_) {
    share_of(*exchange).take_answer(*exchange, now_);
  }
}

// The pool with the earliest event goes first, event by event.
void Worker::advance_pools() {
  for (unsigned room = Pool::kArrivalsPerTurn; room > 0; --room) {
    Pool* first = nullptr;
    Nanoseconds due = Nanoseconds::max();
    for (const auto& share : shares_) {
      const Nanoseconds event = share->pool().next_event();
      if (event >= due) continue;
      first = &share->pool();
      due = event;
    }
    if (first == nullptr || due > elapsed()) return;
    first->advance(now_);
  }
}

void Worker::note_lag() {
  const TimePoint then = clock_.now();
  for (const auto& share : shares_) share->lagged(now_, then);
}

// Cancels what is under way and ends every life, without on_stop.
void Worker::cut_off() {
  for (const auto& share : shares_) share->dismiss();
  let_go();
  for (const auto& share : shares_) share->cancel_all();
  done_.clear();
  transport_.wait(now_, done_);
  let_go();
  for (const auto& share : shares_) share->vacate_all();
}

void Worker::let_go() {
  for (const transport::Exchange* exchange : done_) share_of(*exchange).let_go(*exchange);
}

void Worker::close() {
  for (const auto& share : shares_) share->close();
  length_ = elapsed();
}

Worker::Account Worker::account(std::size_t lane) const {
  const Share& share = *shares_[lane];
  return {cpu_, length_, share.last_answer(), share.reconnects()};
}

}  // namespace loadgate::load
