#include "load/worker.h"

#include <sys/prctl.h>

#include <algorithm>
#include <cassert>

#include "load/cpu_time.h"

namespace loadgate::load {
namespace {

constexpr Nanoseconds kSecond = std::chrono::seconds(1);

// How many of the first `users` belong to worker `index` of `count`.
std::uint32_t share_of(unsigned users, unsigned index, unsigned count) {
  return users / count + (users % count > index ? 1 : 0);
}

metrics::Phases phases_of(const transport::Moments& moments, bool has_response) {
  metrics::Phases phases{.dns = moments.resolved - moments.sent,
                         .connect = moments.connected - moments.resolved,
                         .tls = moments.secured - moments.connected,
                         .send = moments.written - moments.secured,
                         .wait = moments.first_byte - moments.written,
                         .receive = moments.finished - moments.first_byte};
  // Without a first byte all that time was waiting, not receiving.
  if (!has_response) std::swap(phases.wait, phases.receive);
  return phases;
}

}  // namespace

Worker::Worker(const Surroundings& around, transport::Transport& transport, unsigned index,
               unsigned count)
    : around_(around),
      transport_(transport),
      index_(index),
      count_(count),
      seats_(share_of(around.shape.most_users(), index, count)),
      recorder_(around.script.plan().stages.size(), around.script.plan().request_names.size()) {
  for (std::size_t i = 0; i < seats_.size(); ++i) {
    seats_[i].number = static_cast<std::uint32_t>(i);
  }
}

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
  epoch_ = epoch;
  now_ = epoch.start;
}

bool Worker::turn() {
  done_.clear();
  transport_.wait(next_event(), done_);
  now_ = around_.clock.now();
  if (must_cut_off()) {
    cut_off();
  } else {
    follow_shape();  // First: whoever retires begins no new task.
    fire_timers();
    take_answers();
    start_users();
    record_lag();
  }
  seal_before(since_start(now_));
  const bool is_over = users() == 0 && since_start(now_) >= around_.stop.end();
  if (!is_over) return true;
  seal();
  account_.length = since_start(now_);
  return false;
}

TimePoint Worker::next_event() {
  if (opened_ < wanted_) return now_;
  while (!timers_.empty() && seats_[timers_.top().seat].ticket != timers_.top().ticket) {
    timers_.pop();
  }
  const bool is_stopping = since_start(now_) >= around_.stop.end();
  Nanoseconds next = is_stopping ? around_.stop.limit() : around_.stop.end();
  next = std::min(next, (second_ + 1) * kSecond);
  if (next_change_) next = std::min(next, *next_change_);
  const TimePoint moment = epoch_.start + next;
  return timers_.empty() ? moment : std::min(moment, timers_.top().due);
}

bool Worker::must_cut_off() const {
  return around_.stop.is_now() || since_start(now_) >= around_.stop.limit();
}

void Worker::follow_shape() {
  const Nanoseconds elapsed = since_start(now_);
  if (elapsed >= around_.stop.end()) {
    wanted_ = 0;
    next_change_.reset();
  } else if (next_change_ && elapsed >= *next_change_) {
    wanted_ = share_of(around_.shape.users_at(elapsed), index_, count_);
    next_change_ = around_.shape.next_change(elapsed);
  }
  while (opened_ > wanted_) {
    Seat& seat = seats_[--opened_];
    if (seat.user && seat.user->is_retired()) continue;  // From an earlier descent.
    ++seat.ticket;
    if (seat.user) make(seat, seat.user->retire(now_));
  }
}

void Worker::start_users() {
  for (unsigned started = 0; opened_ < wanted_ && started < kStartsPerTurn; ++started) {
    Seat& seat = seats_[opened_++];
    if (!seat.user) occupy(seat);  // Else vacate() will, when the retired user has left.
  }
}

void Worker::fire_timers() {
  // Apart, because what fires sets new timers, and those wait for the next turn.
  due_.clear();
  while (!timers_.empty() && timers_.top().due <= now_) {
    due_.push_back(timers_.top());
    timers_.pop();
  }
  for (const Timer& timer : due_) {
    Seat& seat = seats_[timer.seat];
    if (seat.ticket != timer.ticket) continue;
    ++seat.ticket;
    if (!seat.user) {
      occupy(seat);
      continue;
    }
    const Move move = seat.user->rested(now_);
    make(seat, move);
    if (move.kind == Move::Kind::send) record_timed_send(*seat.user, timer.due);
  }
}

void Worker::take_answers() {
  for (const transport::Exchange* exchange : done_) {
    Seat& seat = *static_cast<Seat*>(exchange->owner);
    const Answer answer = take_answer(seat);
    make(seat, seat.user->go_on(answer, exchange->moments.finished));
  }
}

// Cancels what is under way and ends every life, without on_stop.
void Worker::cut_off() {
  wanted_ = opened_ = 0;
  next_change_.reset();
  let_go();
  for (const Seat& seat : seats_) {
    if (seat.user && seat.user->is_in_flight()) transport_.cancel(seat.user->exchange());
  }
  done_.clear();
  transport_.wait(now_, done_);
  let_go();
  assert(in_flight_ == 0);
  for (Seat& seat : seats_) {
    if (seat.user) close(seat);
  }
}

void Worker::let_go() {
  for (const transport::Exchange* exchange : done_) {
    Seat& seat = *static_cast<Seat*>(exchange->owner);
    take_answer(seat);
    close(seat);
  }
}

void Worker::make(Seat& seat, const Move& move) {
  switch (move.kind) {
    case Move::Kind::send:
      ++in_flight_;
      transport_.start(*seat.channel, seat.user->exchange());
      break;
    case Move::Kind::rest:
      rest(seat, move.until);
      break;
    case Move::Kind::leave:
      vacate(seat);
      break;
    case Move::Kind::idle:
    case Move::Kind::stay:
      break;
  }
}

void Worker::occupy(Seat& seat) {
  const std::size_t index = seat.number * std::size_t{count_} + index_;
  seat.user = std::make_unique<User>(around_.script, epoch_, index, seat.lives++);
  seat.user->exchange().owner = &seat;
  seat.channel = &transport_.open();
  users_.store(users() + 1, std::memory_order_relaxed);
  make(seat, seat.user->begin(now_));
}

// The life in this seat is over; another begins where the shape still wants one.
void Worker::vacate(Seat& seat) {
  const bool failed_to_start = seat.user->failed_to_start();
  close(seat);
  if (seat.number >= opened_) return;
  if (failed_to_start) {
    rest(seat, replacement_time());
  } else {
    occupy(seat);
  }
}

void Worker::close(Seat& seat) {
  transport_.close(*seat.channel);
  seat.channel = nullptr;
  seat.user.reset();
  users_.store(users() - 1, std::memory_order_relaxed);
}

void Worker::rest(Seat& seat, TimePoint until) {
  timers_.push({until, seat.number, ++seat.ticket});
}

TimePoint Worker::replacement_time() {
  const Nanoseconds gap = around_.shape.spawn_gap(since_start(now_)) * count_;
  next_replacement_ = std::max(now_ + kReplacementRest, next_replacement_ + gap);
  return next_replacement_;
}

Answer Worker::take_answer(Seat& seat) {
  --in_flight_;
  Answer answer = seat.user->read_answer();
  record(*seat.user, answer);
  return answer;
}

bool Worker::is_held(Nanoseconds elapsed) const {
  return around_.shape.is_held(elapsed) && elapsed < around_.stop.end();
}

bool Worker::is_judged(Nanoseconds elapsed) const {
  const std::size_t stage = around_.shape.stage_at(elapsed);
  return is_held(elapsed) && !around_.script.plan().stages[stage].is_warmup;
}

void Worker::record(const User& user, const Answer& answer) {
  const transport::Exchange& exchange = user.exchange();
  const transport::Moments& moments = exchange.moments;
  const Nanoseconds due = since_start(moments.sent);  // Closed stages: due when sent.
  const Nanoseconds finished = since_start(moments.finished);
  seal_before(finished);
  account_.last_answer = std::max(account_.last_answer, finished);
  if (exchange.reconnected) ++account_.reconnects;

  metrics::Sample sample;
  sample.request_name = static_cast<std::uint32_t>(user.request().name_id);
  sample.stage = static_cast<std::uint16_t>(around_.shape.stage_at(due));
  sample.held = is_held(due);
  sample.error = answer.error;
  sample.status = static_cast<std::uint16_t>(exchange.response.status);
  sample.finished = finished;
  sample.response_time = finished - due;
  sample.phases = phases_of(moments, exchange.response.status != 0);
  sample.bytes_sent = exchange.bytes_sent;
  sample.bytes_received = exchange.bytes_received;
  recorder_.record(sample);

  if (!sample.failed() || !recorder_.wants_failure(sample.request_name, sample.error)) return;
  const Mask mask = around_.script.mask().with(user.secrets());
  recorder_.keep_failure(
      sample.request_name, sample.error,
      failure_sample(exchange, user.due(), explain(answer, user.request(), exchange, mask),
                     {.run_start = epoch_.start}, mask));
}

void Worker::record_timed_send(const User& user, TimePoint due) {
  if (!is_judged(since_start(due))) return;
  const Nanoseconds late_by = user.exchange().moments.sent - due;
  recorder_.record_lag(late_by);
  ++under_way_.timed_sends;
  if (late_by > kLate) ++under_way_.late_sends;
}

// How long what had finished by the end of wait() was kept waiting.
void Worker::record_lag() {
  if (done_.empty() || !is_judged(since_start(now_))) return;
  recorder_.record_lag(around_.clock.now() - now_);
}

void Worker::seal_before(Nanoseconds elapsed) {
  const auto second = static_cast<std::uint32_t>(elapsed / kSecond);
  if (second <= second_) return;
  seal();
  second_ = second;
}

void Worker::seal() {
  under_way_.batch = recorder_.seal(second_);
  around_.mailbox.push(std::exchange(under_way_, {}));
}

}  // namespace loadgate::load
