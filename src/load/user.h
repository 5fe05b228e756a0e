#pragma once

// One life of one user, as a state machine without clock or wire: on_start once, then
// tasks drawn by weight with the scenario's wait between them, then on_stop. The worker
// tells it what happened and does the Move it answers with. One thread.
//
// What follows a failure:
// - any failed request of on_start ends the life, without on_stop (it would undo what
//   was never done); the worker replaces the user after a rest;
// - a capture that finds nothing ends the iteration, the task's other steps are skipped;
// - so does a transport error, and the user then rests at least kRest, so that a refused
//   connection is not tried as fast as the machine can;
// - an unexpected status alone changes nothing, as in Locust;
// - on_stop ends where an iteration would.
// A user retired before on_start is over finishes the request in hand and leaves
// without on_stop.

#include <cstdint>
#include <vector>

#include "base/clock.h"
#include "base/random.h"
#include "load/response.h"
#include "load/script.h"
#include "plan/plan.h"
#include "transport/transport.h"

namespace loadgate::load {

// When the run began, by both clocks.
struct Epoch {
  TimePoint start;
  WallTime wall{};
};

struct Move {
  enum class Kind : std::uint8_t {
    send,   // Start exchange().
    rest,   // Call rested() at `until`.
    leave,  // This life is over.
    stay,   // Nothing new: a request is still under way.
  };
  Kind kind = Kind::stay;
  TimePoint until;  // Of rest.
};

class User {
 public:
  static constexpr Nanoseconds kRest = std::chrono::milliseconds(100);

  // The script must outlive the user. `life`: how many lives came before, at `index`.
  User(const Script& script, const Epoch& epoch, std::size_t index, std::uint32_t life);

  User(const User&) = delete;  // The wire knows the exchange by its address.
  User& operator=(const User&) = delete;

  Move begin(TimePoint now);
  Move rested(TimePoint now);
  // Once a request came back: read_answer(), then go_on() with it.
  Answer read_answer();
  Move go_on(const Answer& answer, TimePoint now);
  // No new task; after the request in hand, on_stop.
  Move retire(TimePoint now);

  transport::Exchange& exchange() { return exchange_; }
  const transport::Exchange& exchange() const { return exchange_; }
  const plan::Request& request() const { return *request_; }  // REQUIRES: a Move said send.

  bool is_in_flight() const { return is_in_flight_; }
  bool is_retired() const { return is_retired_; }
  bool failed_to_start() const { return failed_to_start_; }

 private:
  enum class Phase : std::uint8_t { on_start, task, between_tasks, on_stop };

  Move proceed(TimePoint now);
  Move take_step(TimePoint now);
  void begin_task();
  Move end_task(TimePoint now);
  Move stop(TimePoint now);
  Move leave() const { return {.kind = Move::Kind::leave, .until = {}}; }
  Nanoseconds drawn(const plan::Wait& wait);
  bool has_steps_left() const { return next_step_ < steps_->size(); }

  void prepare(const plan::Request& request, TimePoint now);
  void prepare_url(const plan::Scope& scope);
  void prepare_headers(const plan::Scope& scope);
  void prepare_body(const plan::Scope& scope);

  const Script& script_;
  const plan::Scenario& scenario_;
  const Epoch epoch_;
  const std::size_t index_;
  Random random_;
  std::vector<plan::Value> variables_;

  Phase phase_ = Phase::on_start;
  bool is_retired_ = false;
  bool is_in_flight_ = false;
  bool failed_to_start_ = false;
  bool must_rest_ = false;  // A transport error ended the iteration.
  const std::vector<plan::Step>* steps_;
  std::size_t next_step_ = 0;
  std::uint64_t iteration_ = 0;

  const plan::Request* request_ = nullptr;
  transport::Exchange exchange_;
  transport::HeaderLines own_headers_;
  std::string own_body_;                   // Where it is no constant of the plan.
  const plan::Request* url_of_ = nullptr;  // Whose constant URL the exchange holds, or null.
};

}  // namespace loadgate::load
