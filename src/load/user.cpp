#include "load/user.h"

#include <algorithm>
#include <cassert>

namespace loadgate::load {

User::User(const Script& script, const Epoch& epoch, std::size_t index, std::uint32_t life)
    : script_(script),
      scenario_(script.scenario_of(index)),
      epoch_(epoch),
      index_(index),
      random_(script.random_of(index, life)),
      variables_(script.variables()),
      steps_(&scenario_.on_start) {}

Move User::begin(TimePoint now) { return proceed(now); }

Move User::rested(TimePoint now) { return proceed(now); }

Answer User::read_answer() { return load::read_answer(*request_, exchange_, variables_); }

Move User::go_on(const Answer& answer, TimePoint now) {
  is_in_flight_ = false;
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

Move User::proceed(TimePoint now) {
  if (phase_ == Phase::between_tasks) begin_task();
  while (!has_steps_left()) {
    if (phase_ == Phase::on_stop) return leave();
    if (phase_ == Phase::task) {
      const Move rest = end_task(now);
      if (rest.kind == Move::Kind::rest) return rest;
    }
    begin_task();
  }
  return take_step(now);
}

void User::begin_task() {
  phase_ = Phase::task;
  steps_ = &draw_task(scenario_, random_).steps;
  assert(!steps_->empty());
  next_step_ = 0;
}

// The wait between two tasks; stay where there is none.
Move User::end_task(TimePoint now) {
  ++iteration_;
  Nanoseconds wait = drawn(scenario_.wait);
  if (must_rest_) wait = std::max(wait, kRest);
  must_rest_ = false;
  if (wait == Nanoseconds::zero()) return {};
  phase_ = Phase::between_tasks;
  return {.kind = Move::Kind::rest, .until = now + wait};
}

Move User::take_step(TimePoint now) {
  const plan::Step& step = (*steps_)[next_step_++];
  if (const auto* wait = std::get_if<plan::Wait>(&step)) {
    return {.kind = Move::Kind::rest, .until = now + drawn(*wait)};
  }
  prepare(script_.plan().requests[std::get<std::size_t>(step)], now);
  is_in_flight_ = true;
  return {.kind = Move::Kind::send, .until = {}};
}

Nanoseconds User::drawn(const plan::Wait& wait) {
  if (wait.shortest == wait.longest) return wait.shortest;
  return Nanoseconds(random_.between(wait.shortest.count(), wait.longest.count()));
}

void User::prepare(const plan::Request& request, TimePoint now) {
  request_ = &request;
  const plan::Scope scope{
      .variables = variables_,
      .random = &random_,
      .user_id = index_ + 1,
      .iteration = iteration_,
      .now = epoch_.wall + std::chrono::floor<std::chrono::milliseconds>(now - epoch_.start)};
  exchange_.method = request.method;
  exchange_.timeout = request.timeout;
  exchange_.keep = request.reads_body() ? transport::Keep::whole : transport::Keep::beginning;
  prepare_url(scope);
  prepare_headers(scope);
  prepare_body(scope);
}

void User::prepare_url(const plan::Scope& scope) {
  if (request_->url.is_constant()) {
    if (url_of_ != request_) exchange_.url = request_->url.constant();
    url_of_ = request_;
    return;
  }
  url_of_ = nullptr;
  exchange_.url.clear();
  request_->url.fill(scope, exchange_.url);
}

void User::prepare_headers(const plan::Scope& scope) {
  exchange_.headers = script_.constant_headers(request_->id);
  if (exchange_.headers != nullptr) return;
  exchange_.headers = &own_headers_;
  own_headers_.lines.resize(request_->headers.size());
  for (std::size_t i = 0; i < own_headers_.lines.size(); ++i) {
    std::string& line = own_headers_.lines[i];
    line.assign(request_->headers[i].name).append(": ");
    request_->headers[i].value.fill(scope, line);
    // A captured value must not end its header and begin another.
    const auto breaks_lines = [](char c) { return c == '\r' || c == '\n' || c == '\0'; };
    std::replace_if(line.begin(), line.end(), breaks_lines, ' ');
  }
}

void User::prepare_body(const plan::Scope& scope) {
  exchange_.has_body = request_->body.has_value();
  if (!exchange_.has_body) return;
  if (request_->body->is_constant()) {
    exchange_.body = request_->body->constant();
    return;
  }
  own_body_.clear();
  request_->body->fill(scope, own_body_);
  exchange_.body = own_body_;
}

}  // namespace loadgate::load
