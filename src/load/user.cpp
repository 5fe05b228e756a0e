#include "load/user.h"

#include <algorithm>
#include <cassert>

#include "load/secrets_of.h"
#include "load/waits.h"

namespace loadgate::load {

User::User(const Script& script, const Epoch& epoch, std::size_t index, std::uint32_t life)
    : User(script, epoch, script.scenario_of(index), {index, life}, false) {}

User::User(const Script& script, const Epoch& epoch, const plan::Scenario& scenario, Identity who)
    : User(script, epoch, scenario, who, true) {}

User::User(const Script& script, const Epoch& epoch, const plan::Scenario& scenario, Identity who,
           bool is_pooled)
    : script_(script),
      scenario_(scenario),
      epoch_(epoch),
      index_(who.index),
      is_pooled_(is_pooled),
      random_(script.random_of(who.index, who.life)),
      variables_(script.variables()),
      rows_(script.feeds(), script.data_key_of(who.index, who.life)),
      steps_(&scenario_.on_start),
      filler_(script) {}

Move User::begin(TimePoint now) { return proceed(now); }

Move User::rested(TimePoint now) {
  if (phase_ == Phase::between_tasks) begin_task(now);
  return proceed(now);
}

Move User::take(const Random& numbers, TimePoint due, TimePoint now) {
  assert(is_pooled_ && phase_ == Phase::between_tasks);
  random_ = numbers;
  arrival_due_ = due;
  is_first_of_arrival_ = true;
  begin_task(now);
  return proceed(now);
}

Answer User::read_answer() {
  return load::read_answer(*request_, exchange_, scope_at(exchange_.moments.finished), due(),
                           variables_);
}

Move User::go_on(const Answer& answer, TimePoint now) {
  is_in_flight_ = false;
  is_first_of_arrival_ = false;
  if (answer.error == metrics::ErrorKind::cancelled) return leave();
  if (phase_ == Phase::on_start && answer.failed()) {
    failed_to_start_ = true;
    return leave();
  }
  if (answer.ends_iteration()) {
    next_step_ = steps_->size();
    must_rest_ = answer.is_transport_error();
  }
  if (is_retired_ && phase_ != Phase::on_stop) return stop(now);
  return proceed(now);
}

Move User::retire(TimePoint now) {
  assert(!is_retired_);
  is_retired_ = true;
  return is_in_flight_ ? Move{} : stop(now);
}

// REQUIRES: no request is under way.
Move User::stop(TimePoint now) {
  if (phase_ == Phase::on_start && has_steps_left()) return leave();
  phase_ = Phase::on_stop;
  steps_ = &scenario_.on_stop;
  next_step_ = 0;
  return proceed(now);
}

Move User::run_out(const plan::Data& data, TimePoint now) {
  const bool has_started = phase_ == Phase::task;
  ran_out_ = &data;
  is_retired_ = true;
  return has_started ? stop(now) : leave();
}

Move User::proceed(TimePoint now) {
  while (!has_steps_left()) {
    if (phase_ == Phase::on_stop) return leave();
    if (phase_ == Phase::on_start) rows_.keep_for_life();
    if (phase_ == Phase::task) {
      const Move rest = end_task(now);
      if (rest.kind == Move::Kind::rest) return rest;
    }
    if (is_pooled_) {
      phase_ = Phase::between_tasks;
      return {.kind = Move::Kind::idle, .until = {}};
    }
    begin_task(now);
  }
  return take_step(now);
}

void User::begin_task(TimePoint now) {
  phase_ = Phase::task;
  steps_ = &draw_task(scenario_, random_).steps;
  assert(!steps_->empty());
  next_step_ = 0;
  began_ = now;
}

// The wait between two tasks; stay where there is none.
Move User::end_task(TimePoint now) {
  ++iteration_;
  rows_.put_back();
  if (is_pooled_) return {};
  TimePoint until = end_of_wait(scenario_.wait, began_, now, random_);
  if (must_rest_) until = std::max(until, now + kRest);
  must_rest_ = false;
  if (until <= now) return {};
  phase_ = Phase::between_tasks;
  return {.kind = Move::Kind::rest, .until = until};
}

Move User::take_step(TimePoint now) {
  const plan::Step& step = (*steps_)[next_step_++];
  if (const auto* wait = std::get_if<plan::Wait>(&step)) {
    const TimePoint until = end_of_wait(*wait, now, now, random_);
    arrival_due_ += until - now;  // Where it comes before the first request of an arrival.
    return {.kind = Move::Kind::rest, .until = until};
  }
  request_ = &script_.plan().requests[std::get<std::size_t>(step)];
  if (const plan::Data* gone = rows_.draw(request_->data, random_)) return run_out(*gone, now);
  filler_.fill(*request_, scope_at(now), exchange_);
  is_in_flight_ = true;
  return {.kind = Move::Kind::send, .until = {}};
}

plan::Scope User::scope_at(TimePoint now) {
  return {.variables = variables_,
          .rows = rows_.rows(),
          .random = &random_,
          .user_id = index_ + 1,
          .iteration = iteration_,
          .now = epoch_.wall + std::chrono::floor<std::chrono::milliseconds>(now - epoch_.start)};
}

std::vector<std::string> User::secrets() const {
  std::vector<std::string> secrets = secrets_of(script_.plan(), variables_, rows_.rows());
  add_credentials(exchange_.headers->lines, secrets);
  return secrets;
}

}  // namespace loadgate::load
