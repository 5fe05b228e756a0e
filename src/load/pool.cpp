// Stages and arrivals; the users of the pool are in pool_users.cpp.

#include "load/pool.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <utility>

namespace loadgate::load {
namespace {

// Sources that the tasks of a scenario read and all users share.
std::vector<std::size_t> shared_data_of(const plan::Scenario& scenario, const plan::Plan& plan) {
  std::set<std::size_t> sources;
  for (const plan::Task& task : scenario.tasks) {
    for (const plan::Step& step : task.steps) {
      const auto* request = std::get_if<std::size_t>(&step);
      if (request == nullptr) continue;
      for (const std::size_t source : plan.requests[*request].data) {
        if (plan.data[source].share == plan::Data::Share::all_users) sources.insert(source);
      }
    }
  }
  return {sources.begin(), sources.end()};
}

const plan::Request* first_request_of(const plan::Task& task, const plan::Plan& plan) {
  for (const plan::Step& step : task.steps) {
    if (const auto* request = std::get_if<std::size_t>(&step)) return &plan.requests[*request];
  }
  return nullptr;
}

}  // namespace

std::uint32_t Pool::size(const std::vector<unsigned>& limits, Part part) {
  const unsigned most = limits.empty() ? 0 : *std::max_element(limits.begin(), limits.end());
  return part.of(most);
}

Pool::Pool(const Surroundings& around, Part part, Seats& seats, Journal& journal,
           std::size_t first_seat)
    : around_(around),
      part_(part),
      seats_(seats),
      journal_(journal),
      first_seat_(first_seat),
      crews_(around.script.plan().scenarios.size()),
      places_(seats.size() - first_seat) {
  const plan::Plan& plan = around.script.plan();
  for (std::size_t i = 0; i < crews_.size(); ++i) {
    crews_[i].data = shared_data_of(plan.scenarios[i], plan);
  }
  for (std::size_t i = seats.size(); i > first_seat; --i) {
    empty_.push_back(static_cast<std::uint32_t>(i - 1));
  }
}

void Pool::advance(TimePoint now) {
  if (!std::exchange(has_begun_, true)) {
    enter(0, now);
    return;
  }
  const Nanoseconds end = end_of_stage();
  if (next_due_ < end) {
    const Arrival arrival{next_, next_due_, now};
    look_out_from(next_ + 1);
    admit(arrival, now);
    return;
  }
  is_closed_ = end >= around_.stop.end();  // Which may have shrunk since.
  if (is_closed_) {
    send_home(now);
  } else {
    enter(stage_ + 1, now);
  }
}

void Pool::enter(std::size_t stage, TimePoint now) {
  const bool is_last = stage + 1 == around_.pool_limits.size();
  stage_ = stage;
  stage_end_ = is_last ? around_.shape.length() : around_.shape.start_of(stage + 1);
  const std::uint32_t limit = part_.of(around_.pool_limits[stage]);
  const bool shrinks = limit < limit_;
  limit_ = limit;
  look_out_from(around_.arrivals.by(around_.shape.start_of(stage) - Nanoseconds(1)));
  if (limit_ == 0) {
    send_home(now);
  } else if (shrinks) {
    trim(now);
  }
  for (std::size_t i = 0; limit_ > 0 && i < crews_.size(); ++i) start_spares(i, now);
}

// The first arrival from `number` on that is this worker's in this stage: each is for one of
// the users the stage may have, in turn, so that a worker gets as many as it has users for.
std::uint64_t Pool::own_from(std::uint64_t number) const {
  if (limit_ == 0) return around_.arrivals.count();
  while (number % around_.pool_limits[stage_] % part_.count != part_.index) ++number;
  return number;
}

void Pool::look_out_from(std::uint64_t number) {
  const Arrivals& arrivals = around_.arrivals;
  next_ = own_from(number);
  next_due_ = next_ < arrivals.count() ? arrivals.due(next_) : Nanoseconds::max();
}

// Everybody retires; arrivals that still wait for a user have waited in vain.
void Pool::send_home(TimePoint now) {
  limit_ = 0;
  for (Crew& crew : crews_) {
    crew.owed = 0;
    for (const Arrival& arrival : std::exchange(crew.waiting, {})) {
      drop(arrival, "the stage was over before the user that should have taken it had started",
           now);
    }
    crew.idle.clear();
  }
  for (std::size_t i = 0; i < places_.size(); ++i) {
    if (places_[i].is_active) retire(seats_[first_seat_ + i], now);
  }
}

void Pool::dismiss() {
  is_closed_ = true;
  limit_ = active_ = 0;
  for (Crew& crew : crews_) crew = {};
}

void Pool::admit(const Arrival& arrival, TimePoint now) {
  const std::size_t scenario = scenario_of(arrival.number);
  Crew& crew = crews_[scenario];
  if (is_over(crew)) return;
  if (!crew.idle.empty()) {
    Seat& seat = seats_[crew.idle.back()];
    crew.idle.pop_back();
    give(seat, arrival, now);
  } else {
    crew.waiting.push_back(arrival);
    const bool is_barred = now < crew.barred_until;
    if (!provide(scenario, now)) {
      crew.waiting.pop_back();
      drop(arrival,
           is_barred ? "no user could start"
                     : fmt::format("all {} users were waiting for the target: raise max_users or "
                                   "make the service faster",
                                   around_.pool_limits[stage_]),
           now);
    }
  }
  start_spares(scenario, now);
}

void Pool::give(Seat& seat, const Arrival& arrival, TimePoint now) {
  const TimePoint due = epoch_.start + arrival.due;
  const Move move = seat.user->take(around_.script.random_of_arrival(arrival.number), due, now);
  const plan::Data* ran_out = seat.user->ran_out();
  heed(seat, move, now);
  if (ran_out == nullptr) {
    journal_.arrived();
    // One that waited for a user to start is not late by the generator's fault.
    const bool is_sent = move.kind == Move::Kind::send;
    if (is_sent && arrival.admitted == now) {
      journal_.sent(due, seat.user->exchange().moments.sent, late_after(arrival.due));
    }
  } else if (ran_out->share == plan::Data::Share::each_user) {
    admit(arrival, now);  // Another user has rows left.
  }
}

Nanoseconds Pool::late_after(Nanoseconds due) const {
  const double rate = around_.arrivals.rate_at(due);
  return rate <= 0 ? kLate : std::max(kLate, from_seconds(kLateShare / rate));
}

void Pool::drop(const Arrival& arrival, const std::string& why, TimePoint now) {
  const plan::Plan& plan = around_.script.plan();
  Random random = around_.script.random_of_arrival(arrival.number);
  const plan::Task& task = draw_task(plan.scenarios[scenario_of(arrival.number)], random);
  journal_.arrived();
  const plan::Request* request = first_request_of(task, plan);
  if (request != nullptr) journal_.dropped(*request, arrival.due, now - epoch_.start, why);
}

std::size_t Pool::debts() const {
  std::size_t debts = 0;
  for (const Crew& crew : crews_) debts += crew.owed;
  return debts;
}

bool Pool::is_over(const Crew& crew) const {
  return std::any_of(crew.data.begin(), crew.data.end(),
                     [&](std::size_t source) { return around_.script.feeds()[source].ran_out(); });
}

bool Pool::has_run_dry() const {
  std::size_t idle = 0;
  for (const Crew& crew : crews_) {
    if (!is_over(crew)) return false;
    idle += crew.idle.size();
  }
  return limit_ > 0 && active_ == idle;
}

}  // namespace loadgate::load
