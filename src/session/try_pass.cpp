#include "session/try_pass.h"

#include <fmt/format.h>

#include <cassert>

#include "base/text.h"
#include "base/units.h"
#include "report/text_table.h"
#include "session/answer_lines.h"
#include "session/exchange_text.h"

namespace loadgate::session {
namespace {

using load::Move;
using report::painted;
using report::Tone;

// How long a Ctrl-C may go unheard.
constexpr Nanoseconds kListening = std::chrono::milliseconds(50);

std::vector<unsigned> weights_of(const plan::Scenario& scenario) {
  std::vector<unsigned> weights;
  weights.reserve(scenario.tasks.size());
  for (const plan::Task& task : scenario.tasks) weights.push_back(task.weight);
  return weights;
}

std::string text_of(const plan::Wait& wait) {
  const std::string shortest = format_duration(wait.shortest);
  switch (wait.kind) {
    case plan::Wait::Kind::exponential:
      return "exponential " + shortest;
    case plan::Wait::Kind::pacing:
      return "pacing " + shortest;
    case plan::Wait::Kind::uniform:
      break;
  }
  if (wait.shortest == wait.longest) return format_duration(wait.shortest);
  return shortest + ".." + format_duration(wait.longest);
}

}  // namespace

TryPass::TryPass(const load::Script& script, const plan::Scenario& scenario,
                 transport::Transport& transport, const Clock& clock, const TryOptions& options)
    : script_(script),
      scenario_(scenario),
      transport_(transport),
      clock_(clock),
      options_(options),
      weights_(weights_of(scenario)),
      // A user of a pool says when an iteration is over, and rests nowhere but in steps.
      user_(script_, load::Epoch{clock.now(), clock.wall()}, scenario_,
            load::User::Identity{.index = options.user - 1, .life = 0}) {}

TryCount TryPass::go() {
  channel_ = &transport_.open();
  enter(scenario_.on_start, "on_start");
  for (Move move = user_.begin(clock_.now()); !is_interrupted(); move = follow(move)) {
    if (user_.ran_out() != nullptr && !count_.ran_out) say_ran_out(move);
    if (move.kind == Move::Kind::leave) break;
  }
  if (!is_interrupted()) say_skipped();
  transport_.close(*channel_);
  return count_;
}

Move TryPass::follow(const Move& move) {
  switch (move.kind) {
    case Move::Kind::send:
      return send();
    case Move::Kind::rest:
      return skip_rest();
    case Move::Kind::idle:
      return next_task();
    case Move::Kind::stay:
    case Move::Kind::leave:
      break;
  }
  assert(false);
  return {.kind = Move::Kind::leave, .until = {}};
}

// The user has retired by itself, and goes on with on_stop where it had begun a task.
void TryPass::say_ran_out(const Move& move) {
  count_.ran_out = true;
  show_line("✗", fmt::format("no row of {} is left: the user stops", user_.ran_out()->name));
  say_skipped();
  if (move.kind != Move::Kind::leave) enter(scenario_.on_stop, "on_stop");
}

Move TryPass::next_task() {
  say_skipped();
  if (turns_ < scenario_.tasks.size()) return take_turn(turns_++);
  enter(scenario_.on_stop, "on_stop");
  return user_.retire(clock_.now());
}

Move TryPass::take_turn(std::size_t turn) {
  const std::size_t tasks = scenario_.tasks.size();
  for (std::size_t i = 0; i < tasks; ++i) scenario_.tasks[i].weight = i == turn ? 1 : 0;
  const std::string title =
      tasks == 1 ? "one iteration"
                 : fmt::format("task {} of {}, weight {}", turn + 1, tasks, weights_[turn]);
  enter(scenario_.tasks[turn].steps, title);
  const TimePoint now = clock_.now();
  return user_.take(script_.random_of_arrival((options_.user - 1) * tasks + turn), now, now);
}

void TryPass::enter(const std::vector<plan::Step>& steps, std::string_view title) {
  steps_ = &steps;
  behind_ = 0;
  if (steps.empty()) return;
  const std::string line = printable(fmt::format("{}: {}", scenario_.name, title));
  options_.show(fmt::format("\n{}\n", painted(line, Tone::strong, options_.color)));
}

Move TryPass::skip_rest() {
  const auto& wait = std::get<plan::Wait>((*steps_)[behind_++]);
  options_.show("\n");
  show_line("·", fmt::format("wait {}: skipped", text_of(wait)));
  return user_.rested(clock_.now());
}

// What a failure leaves undone of the steps the user was at.
void TryPass::say_skipped() {
  for (; behind_ < steps_->size(); ++behind_) {
    const auto* id = std::get_if<std::size_t>(&(*steps_)[behind_]);
    if (id == nullptr) continue;
    const std::string name = script_.mask().over(name_of(script_.plan().requests[*id]).text);
    show_line("·", fmt::format("{}: not sent, because of what failed before", name));
  }
}

Move TryPass::send() {
  const plan::Request& request = user_.request();
  transport::Exchange& exchange = user_.exchange();
  // To be laid out, JSON is needed whole.
  exchange.keep = transport::Keep::whole;
  ++behind_;
  ++count_.requests;
  const std::string name = printable(script_.mask().over(name_of(request).text));
  options_.show(fmt::format("\n{}\n", painted(name, Tone::quiet, options_.color)));
  options_.show(request_text(exchange, mask(), options_.color));
  transport_.start(*channel_, exchange);
  await_answer();

  // As it was before captures change it.
  plan::Scope scope = user_.scope_at(exchange.moments.finished);
  const std::vector<plan::Value> variables(scope.variables.begin(), scope.variables.end());
  scope.variables = variables;
  const load::Answer answer = user_.read_answer();
  if (answer.failed()) ++count_.failed;
  if (!is_interrupted()) show_answer(answer, scope, mask());
  return user_.go_on(answer, clock_.now());
}

void TryPass::await_answer() {
  done_.clear();
  while (done_.empty()) {
    if (is_interrupted()) transport_.cancel(user_.exchange());
    transport_.wait(clock_.now() + kListening, done_);
  }
}

void TryPass::show_answer(const load::Answer& answer, const plan::Scope& scope,
                          const load::Mask& mask) {
  const transport::Exchange& exchange = user_.exchange();
  options_.show(response_text(exchange, mask, options_.color));
  if (answer.is_transport_error()) {
    return show_line("✗", explain(answer, user_.request(), exchange, mask));
  }
  for (const AnswerLine& line : answer_lines(user_.request(), exchange, scope, user_.due(), mask)) {
    show_line(line.holds ? "✓" : "✗", line.text);
  }
}

void TryPass::show_line(std::string_view sign, const std::string& text) {
  const Tone tone = sign == "✓" ? Tone::good : sign == "✗" ? Tone::bad : Tone::quiet;
  options_.show(fmt::format("{} {}\n", painted(sign, tone, options_.color), printable(text)));
}

const plan::RequestName& TryPass::name_of(const plan::Request& request) const {
  return script_.plan().request_names[request.name_id];
}

bool TryPass::is_interrupted() const {
  return options_.stop_request != nullptr && *options_.stop_request > 0;
}

}  // namespace loadgate::session
