#include "load/worker.h"

#include <sys/prctl.h>

#include <algorithm>

#include "load/cpu_time.h"

namespace loadgate::load {

Worker::Worker(const Surroundings& around, transport::Transport& transport, Part part)
    : around_(around),
      transport_(transport),
      journal_(around.script, around.shape, around.stop, around.mailbox),
      crowd_size_(Crowd::size(around.shape, part)),
      seats_(transport, journal_, crowd_size_ + Pool::size(around.pool_limits, part)),
      crowd_(around_, part, seats_),
      pool_(around_, part, seats_, journal_, crowd_size_) {}

void Worker::run(const Epoch& epoch) {
  // The default slack lets the kernel wake a resting user 50 us late.
  prctl(PR_SET_TIMERSLACK, 1UL, 0UL, 0UL, 0UL);
  const Nanoseconds cpu_before = cpu_time_of_thread();
  begin(epoch);
  while (turn()) {
  }
  account_.cpu = cpu_time_of_thread() - cpu_before;
  around_.mailbox.worker_finished();
}

void Worker::begin(const Epoch& epoch) {
  start_ = now_ = epoch.start;
  journal_.begin(epoch.start);
  crowd_.begin(epoch);
  pool_.begin(epoch);
}

bool Worker::turn() {
  done_.clear();
  transport_.wait(next_event(), done_);
  now_ = around_.clock.now();
  if (must_cut_off()) {
    cut_off();
  } else {
    handle();
  }
  journal_.seal_before(elapsed());
  note_supply();
  if (!is_over()) return true;
  journal_.seal();
  account_.length = elapsed();
  account_.last_answer = journal_.last_answer();
  account_.reconnects = journal_.reconnects();
  return false;
}

void Worker::handle() {
  crowd_.follow(now_);  // First: whoever retires begins no new task.
  fire_timers();
  take_answers();
  pool_.follow(now_);  // After answers: those users are free for what is due.
  crowd_.start_users(now_);
  if (!done_.empty()) journal_.lagged(now_, around_.clock.now());
}

TimePoint Worker::next_event() {
  if (crowd_.has_users_to_start()) return now_;
  const bool is_stopping = elapsed() >= around_.stop.end();
  Nanoseconds next = is_stopping ? around_.stop.limit() : around_.stop.end();
  next = std::min(next, journal_.next_seal());
  next = std::min(next, pool_.next_event());
  if (const auto change = crowd_.next_change()) next = std::min(next, *change);
  const TimePoint moment = start_ + next;
  return std::min(moment, seats_.next_timer().value_or(moment));
}

bool Worker::must_cut_off() const {
  return around_.stop.is_now() || elapsed() >= around_.stop.limit();
}

bool Worker::is_over() const { return users() == 0 && pool_.is_closed(); }

void Worker::fire_timers() {
  for (const Timer& timer : seats_.take_due(now_)) {
    if (seats_.redeem(timer)) fire(seats_[timer.seat], timer.due);
  }
}

void Worker::fire(Seat& seat, TimePoint due) {
  if (!seat.user) {
    crowd_.replace(seat, now_);
    return;
  }
  const Move move = seat.user->rested(now_);
  heed(seat, move);
  if (move.kind == Move::Kind::send) {
    journal_.sent(due, seat.user->exchange().moments.sent, kLate);
  }
}

void Worker::take_answers() {
  for (const transport::Exchange* exchange : done_) {
    Seat& seat = Seats::seat_of(*exchange);
    const Answer answer = seats_.take_answer(seat);
    heed(seat, seat.user->go_on(answer, exchange->moments.finished));
  }
}

void Worker::heed(Seat& seat, const Move& move) {
  if (is_of_crowd(seat)) {
    crowd_.heed(seat, move, now_);
  } else {
    pool_.heed(seat, move, now_);
  }
}

// Cancels what is under way and ends every life, without on_stop.
void Worker::cut_off() {
  crowd_.dismiss();
  pool_.dismiss();
  seats_.cut_off(now_, done_);
}

void Worker::note_supply() {
  if (around_.script.feeds().size() == 0) return;
  Supply supply = Supply::enough;
  if (!crowd_.is_wanted() && !pool_.is_wanted()) supply = Supply::nothing_wanted;
  if (crowd_.has_run_dry() || pool_.has_run_dry()) supply = Supply::run_dry;
  supply_.store(supply, std::memory_order_relaxed);
}

}  // namespace loadgate::load
