#include "load/share.h"

#include <algorithm>

namespace loadgate::load {

Share::Share(const Surroundings& around, std::uint32_t lane, transport::Transport& transport,
             Part part)
    : around_(around),
      journal_(around.script, around.shape, around.stop, around.mailbox),
      crowd_size_(Crowd::size(around.shape, part)),
      seats_(transport, journal_, crowd_size_ + Pool::size(around.pool_limits, part), lane),
      crowd_(around_, part, seats_),
      pool_(around_, part, seats_, journal_, crowd_size_) {}

void Share::begin(const Epoch& epoch) {
  start_ = epoch.start;
  journal_.begin(epoch.start);
  crowd_.begin(epoch);
  pool_.begin(epoch);
}

TimePoint Share::next_event(TimePoint now) {
  if (crowd_.has_users_to_start()) return now;
  Nanoseconds next = std::min(journal_.next_seal(), pool_.next_event());
  if (const auto change = crowd_.next_change()) next = std::min(next, *change);
  const TimePoint moment = start_ + next;
  return std::min(moment, seats_.next_timer().value_or(moment));
}

void Share::fire(const Timer& timer, TimePoint now) {
  if (!seats_.redeem(timer)) return;
  Seat& seat = seats_[timer.seat];
  if (!seat.user) {
    crowd_.replace(seat, now);
    return;
  }
  const Move move = seat.user->rested(now);
  heed(seat, move, now);
  if (move.kind == Move::Kind::send) {
    journal_.sent(timer.due, seat.user->exchange().moments.sent, kLate);
  }
}

void Share::take_answer(const transport::Exchange& exchange, TimePoint now) {
  Seat& seat = Seats::seat_of(exchange);
  const Answer answer = seats_.take_answer(seat);
  heed(seat, seat.user->go_on(answer, exchange.moments.finished), now);
}

void Share::heed(Seat& seat, const Move& move, TimePoint now) {
  if (is_of_crowd(seat)) {
    crowd_.heed(seat, move, now);
  } else {
    pool_.heed(seat, move, now);
  }
}

void Share::end_turn(TimePoint now) {
  journal_.seal_before(now - start_);
  note_supply();
}

void Share::dismiss() {
  crowd_.dismiss();
  pool_.dismiss();
}

void Share::note_supply() {
  if (around_.script.feeds().size() == 0) return;
  Supply supply = Supply::enough;
  if (!crowd_.is_wanted() && !pool_.is_wanted()) supply = Supply::nothing_wanted;
  if (crowd_.has_run_dry() || pool_.has_run_dry()) supply = Supply::run_dry;
  supply_.store(supply, std::memory_order_relaxed);
}

}  // namespace loadgate::load
