#pragma once

// What one worker writes down of its requests: samples, failures worth keeping, its own
// lateness; sealed second by second and put into the mailbox. The worker's thread.

#include <cstdint>
#include <set>
#include <string>
#include <utility>

#include "base/clock.h"
#include "load/load_shape.h"
#include "load/mailbox.h"
#include "load/script.h"
#include "load/user.h"
#include "metrics/recorder.h"

namespace loadgate::load {

class Journal {
 public:
  // All outlive the journal.
  Journal(const Script& script, const LoadShape& shape, const Stop& stop, Mailbox& mailbox);

  void begin(TimePoint start) { start_ = start; }
  Nanoseconds since_start(TimePoint moment) const { return moment - start_; }

  // The request in hand of `user` came back.
  void answered(const User& user, const Answer& answer);
  // A request that should have been sent at `due` was sent now; beyond `late` it was so
  // by the generator's fault.
  void sent(TimePoint due, TimePoint at, Nanoseconds late);
  // How long what had finished by `now` is kept waiting at `then`.
  void lagged(TimePoint now, TimePoint then);
  // An iteration of an open stage was due, and then perhaps no user was free to begin with
  // this request.
  void arrived() { ++under_way_.arrivals; }
  void dropped(const plan::Request& request, Nanoseconds due, Nanoseconds elapsed,
               const std::string& why);

  // Hands over what belongs to seconds that are over.
  void seal_before(Nanoseconds elapsed);
  void seal();
  Nanoseconds next_seal() const { return std::chrono::seconds(second_ + 1); }

  Nanoseconds last_answer() const { return last_answer_; }
  std::uint64_t reconnects() const { return reconnects_; }

 private:
  bool is_held(Nanoseconds elapsed) const;
  bool is_judged(Nanoseconds elapsed) const;
  metrics::Sample sample_of(const User& user, const Answer& answer) const;
  void keep(const User& user, const Answer& answer, const metrics::Sample& sample);

  const Script& script_;
  const LoadShape& shape_;
  const Stop& stop_;
  Mailbox& mailbox_;
  const Bodies bodies_;
  TimePoint start_;
  metrics::Recorder recorder_;
  std::uint32_t second_ = 0;
  Sealed under_way_;  // Only its counts; the batch is the recorder's.
  std::set<std::pair<std::size_t, std::string>> reasons_told_;  // By request name, of drops.
  Nanoseconds last_answer_{};
  std::uint64_t reconnects_ = 0;
};

}  // namespace loadgate::load
