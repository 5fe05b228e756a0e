#include "load/journal.h"

#include <algorithm>
#include <utility>

namespace loadgate::load {
namespace {

constexpr Nanoseconds kSecond = std::chrono::seconds(1);

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

Journal::Journal(const Script& script, const LoadShape& shape, const Stop& stop, Mailbox& mailbox)
    : script_(script),
      shape_(shape),
      stop_(stop),
      mailbox_(mailbox),
      bodies_(script.plan().keeps_bodies ? Bodies::shown : Bodies::hidden),
      recorder_(script.plan().stages.size(), script.plan().request_names.size()) {}

bool Journal::is_held(Nanoseconds elapsed) const {
  return shape_.is_held(elapsed) && elapsed < stop_.end();
}

bool Journal::is_judged(Nanoseconds elapsed) const {
  return is_held(elapsed) && !script_.plan().stages[shape_.stage_at(elapsed)].is_warmup;
}

metrics::Sample Journal::sample_of(const User& user, const Answer& answer) const {
  const transport::Exchange& exchange = user.exchange();
  const Nanoseconds due = since_start(user.due());
  const std::size_t stage = shape_.stage_at(due);
  metrics::Sample sample;
  sample.request_name = static_cast<std::uint32_t>(user.request().name_id);
  sample.stage = static_cast<std::uint16_t>(stage);
  sample.held = is_held(due);
  sample.error = answer.error;
  sample.status = static_cast<std::uint16_t>(exchange.response.status);
  sample.finished = since_start(exchange.moments.finished);
  sample.response_time = sample.finished - due;
  sample.service_time = exchange.moments.finished - exchange.moments.sent;
  sample.is_open = script_.plan().stages[stage].is_open();
  sample.phases = phases_of(exchange.moments, exchange.response.status != 0);
  sample.bytes_sent = exchange.bytes_sent;
  sample.bytes_received = exchange.bytes_received;
  return sample;
}

void Journal::answered(const User& user, const Answer& answer) {
  const metrics::Sample sample = sample_of(user, answer);
  seal_before(sample.finished);
  last_answer_ = std::max(last_answer_, sample.finished);
  if (user.exchange().reconnected) ++reconnects_;
  recorder_.record(sample);
  keep(user, answer, sample);
}

void Journal::keep(const User& user, const Answer& answer, const metrics::Sample& sample) {
  const bool is_failure =
      sample.failed() && recorder_.wants_failure(sample.request_name, sample.error);
  // The wire's failures are told by their kind; slow is what got a whole answer.
  const bool is_slow = sample.held && user.exchange().outcome == transport::Outcome::ok &&
                       recorder_.wants_slow(sample.request_name, sample.response_time) &&
                       !script_.plan().stages[sample.stage].is_warmup;
  if (!is_failure && !is_slow) return;
  const transport::Exchange& exchange = user.exchange();
  const Mask mask = script_.mask().with(user.secrets());
  const std::string detail =
      sample.failed() ? explain(answer, user.request(), exchange, mask, bodies_) : "";
  const metrics::FailureSample kept = failure_sample(
      exchange, user.due(), detail,
      {.run_start = start_, .protocol = script_.plan().http.protocol, .bodies = bodies_}, mask);
  if (is_failure) recorder_.keep_failure(sample.request_name, sample.error, kept);
  if (is_slow) recorder_.keep_slow(sample.request_name, kept);
}

void Journal::sent(TimePoint due, TimePoint at, Nanoseconds late) {
  if (!is_judged(since_start(due))) return;
  recorder_.record_lag(at - due);
  recorder_.record_lateness(at - due);
  ++under_way_.timed_sends;
  if (at - due > late) ++under_way_.late_sends;
}

void Journal::lagged(TimePoint now, TimePoint then) {
  if (is_judged(since_start(now))) recorder_.record_lag(then - now);
}

void Journal::dropped(const plan::Request& request, Nanoseconds due, Nanoseconds elapsed,
                      const std::string& why) {
  ++under_way_.dropped;
  metrics::Sample sample;
  sample.request_name = static_cast<std::uint32_t>(request.name_id);
  sample.stage = static_cast<std::uint16_t>(shape_.stage_at(due));
  sample.held = is_held(due);
  sample.error = metrics::ErrorKind::no_user_free;
  sample.finished = elapsed;
  sample.is_open = true;
  recorder_.record(sample);
  // What was never sent looks the same each time.
  if (!reasons_told_.emplace(request.name_id, why).second) return;
  metrics::FailureSample kept;
  kept.at = due;
  kept.detail = why;
  recorder_.keep_failure(sample.request_name, sample.error, std::move(kept));
}

void Journal::seal_before(Nanoseconds elapsed) {
  const auto second = static_cast<std::uint32_t>(elapsed / kSecond);
  if (second <= second_) return;
  seal();
  second_ = second;
}

void Journal::seal() {
  under_way_.batch = recorder_.seal(second_);
  mailbox_.push(std::exchange(under_way_, {}));
}

}  // namespace loadgate::load
