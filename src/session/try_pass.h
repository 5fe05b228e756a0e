#pragma once

// One user's single pass through one scenario: on_start, each task once in the order of
// the plan, on_stop. Rests are said, not waited. Main thread.

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "load/runner.h"
#include "load/script.h"
#include "load/user.h"
#include "plan/plan.h"
#include "transport/transport.h"

namespace loadgate::session {

struct TryOptions {
  std::string scenario;    // Only this one; empty: all of them.
  std::uint64_t user = 1;  // Whose {{ user.id }} and random values.
  std::uint64_t seed = 0;
  bool color = false;
  const load::StopRequest* stop_request = nullptr;  // Ends the pass at once. May be null.
  std::function<void(std::string_view text)> show;  // Whole lines, as they come about.
  std::function<void(const std::string&)> say;      // About the service. May be empty.
};

struct TryCount {
  std::size_t requests = 0;
  std::size_t failed = 0;
  bool ran_out = false;  // Of data, so that something was not tried.
};

class TryPass {
 public:
  // All must outlive it.
  TryPass(const load::Script& script, const plan::Scenario& scenario,
          transport::Transport& transport, const Clock& clock, const TryOptions& options);

  TryCount go();

 private:
  load::Move follow(const load::Move& move);
  load::Move send();
  load::Move skip_rest();
  load::Move next_task();
  load::Move take_turn(std::size_t task);
  void enter(const std::vector<plan::Step>& steps, std::string_view title);
  void say_skipped();
  void say_ran_out(const load::Move& move);
  void await_answer();
  void show_answer(const load::Answer& answer, const plan::Scope& scope, const load::Mask& mask);
  void show_line(std::string_view sign, const std::string& text);
  load::Mask mask() const { return script_.mask().with(user_.secrets()); }
  const plan::RequestName& name_of(const plan::Request& request) const;
  bool is_interrupted() const;

  const load::Script& script_;
  plan::Scenario scenario_;  // Ours: only the task whose turn it is has a weight.
  transport::Transport& transport_;
  const Clock& clock_;
  const TryOptions& options_;
  const std::vector<unsigned> weights_;  // Of the tasks, as the plan has them.
  load::User user_;
  transport::Channel* channel_ = nullptr;

  const std::vector<plan::Step>* steps_ = nullptr;  // Where the user is,
  std::size_t behind_ = 0;                          // and how many of them are behind it.
  std::size_t turns_ = 0;                           // Tasks that had theirs.
  TryCount count_;
  std::vector<transport::Exchange*> done_;
};

}  // namespace loadgate::session
