#pragma once

// One life of one user, as a state machine without clock or wire: on_start once, then
// iterations, then on_stop. A user of the crowd goes from task to task, drawn by weight,
// with the scenario's wait between them; a user of a pool idles until it takes an arrival.
// The worker tells it what happened and does the Move it answers with. One thread.
//
// What follows a failure:
// - any failed request of on_start ends the life, without on_stop (it would undo what
//   was never done); the worker replaces the user after a rest;
// - a capture that finds nothing ends the iteration, the task's other steps are skipped;
// - so does a transport error, and a user of the crowd then rests at least kRest, so that
//   a refused connection is not tried as fast as the machine can;
// - an unexpected status or a failed check alone changes nothing, as in Locust;
// - on_stop ends where an iteration would;
// - where a request reads data that has run out, the user retires instead of sending it.
// A user retired before on_start is over finishes the request in hand and leaves
// without on_stop.

#include <cstdint>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/random.h"
#include "load/request_filler.h"
#include "load/response.h"
#include "load/rows_in_hand.h"
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
    idle,   // Of a pool: call take() with the next arrival.
    leave,  // This life is over.
    stay,   // Nothing new: a request is still under way.
  };
  Kind kind = Kind::stay;
  TimePoint until;  // Of rest.
};

class User {
 public:
  static constexpr Nanoseconds kRest = std::chrono::milliseconds(100);

  // Which user this is: `life` counts how many lives came before, at `index`.
  struct Identity {
    std::size_t index = 0;
    std::uint32_t life = 0;
  };

  // Of the crowd. The script must outlive the user.
  User(const Script& script, const Epoch& epoch, std::size_t index, std::uint32_t life);
  // Of a pool.
  User(const Script& script, const Epoch& epoch, const plan::Scenario& scenario, Identity who);

  User(const User&) = delete;  // The wire knows the exchange by its address.
  User& operator=(const User&) = delete;

  Move begin(TimePoint now);
  Move rested(TimePoint now);
  // One iteration with these random numbers, whose first request was due at `due`.
  // REQUIRES: idle.
  Move take(const Random& numbers, TimePoint due, TimePoint now);
  // Once a request came back: read_answer(), then go_on() with it.
  Answer read_answer();
  Move go_on(const Answer& answer, TimePoint now);
  // No new iteration; after the request in hand, on_stop.
  Move retire(TimePoint now);

  transport::Exchange& exchange() { return exchange_; }
  const transport::Exchange& exchange() const { return exchange_; }
  const plan::Request& request() const { return *request_; }  // REQUIRES: a Move said send.
  // When the request in hand should have been sent: of the first one of an arrival that
  // one's moment, of others the moment they were.
  TimePoint due() const { return is_first_of_arrival_ ? arrival_due_ : exchange_.moments.sent; }

  bool is_in_flight() const { return is_in_flight_; }
  bool is_retired() const { return is_retired_; }
  bool is_starting() const { return phase_ == Phase::on_start; }
  bool failed_to_start() const { return failed_to_start_; }
  const plan::Data* ran_out() const { return ran_out_; }  // Why it retired by itself, or null.

  // What templates are filled with: the variables and rows in its hands.
  plan::Scope scope_at(TimePoint now);

  // Values it holds that no output may show, and what its request in hand signs in with.
  std::vector<std::string> secrets() const;

 private:
  enum class Phase : std::uint8_t { on_start, task, between_tasks, on_stop };

  User(const Script& script, const Epoch& epoch, const plan::Scenario& scenario, Identity who,
       bool is_pooled);

  Move proceed(TimePoint now);
  Move take_step(TimePoint now);
  void begin_task(TimePoint now);
  Move end_task(TimePoint now);
  Move stop(TimePoint now);
  Move run_out(const plan::Data& data, TimePoint now);
  Move leave() const { return {.kind = Move::Kind::leave, .until = {}}; }
  bool has_steps_left() const { return next_step_ < steps_->size(); }

  const Script& script_;
  const plan::Scenario& scenario_;
  const Epoch epoch_;
  const std::size_t index_;
  const bool is_pooled_;
  Random random_;
  std::vector<plan::Value> variables_;
  RowsInHand rows_;

  Phase phase_ = Phase::on_start;
  bool is_retired_ = false;
  bool is_in_flight_ = false;
  bool failed_to_start_ = false;
  bool must_rest_ = false;  // A transport error ended the iteration.
  bool is_first_of_arrival_ = false;
  const plan::Data* ran_out_ = nullptr;
  const std::vector<plan::Step>* steps_;
  std::size_t next_step_ = 0;
  std::uint64_t iteration_ = 0;
  TimePoint began_;  // The iteration.
  TimePoint arrival_due_;

  const plan::Request* request_ = nullptr;
  RequestFiller filler_;
  transport::Exchange exchange_;
};

}  // namespace loadgate::load
