#include "reader/read_duet.h"

#include "reader/key_tables.h"
#include "reader/values.h"

namespace loadgate::reader {
namespace {

using plan::Duet;
using plan::Restart;

void read_duet_rate(const Field& field, Duet& duet) {
  const auto rate = read_rate(field);
  if (rate && *rate <= 0) {
    field.complain("\"rate\" must be more than 0", "leave it out to have it found by a trial");
  } else {
    duet.rate = rate;
  }
}

constexpr std::array<Choice<Restart>, 2> kRestarts{
    {{"each_epoch", Restart::each_epoch}, {"never", Restart::never}}};
void read_restart(const Field& field, Duet& duet) {
  duet.restart = read_choice(field, kRestarts).value_or(Restart::each_epoch);
}

constexpr std::array<Key<Duet>, 2> kDuetKeys{{
    {{"rate", "a rate", "found by a trial", "How many iterations arrive at each of the two builds.",
      "rate: 120/s"},
     read_duet_rate},
    {{"restart", "one of each_epoch, never", "each_epoch",
      "Whether both builds are started again for each epoch; `never` is for services that "
      "start too slowly, and costs certainty.",
      "restart: never"},
     read_restart},
}};

}  // namespace

void read_duet(const Field& field, Draft& draft) {
  read_object(field.value(), "\"duet\"", kDuetKeys, draft.plan.duet, draft);
}

KeyTexts duet_keys() { return texts_of(kDuetKeys); }

}  // namespace loadgate::reader
