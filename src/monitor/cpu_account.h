#pragma once

// The CPU time of a changing set of processes, which never falls: of those that live, of
// their children that ended, and of those that ended where nobody waited for them. Pure;
// one thread.

#include <vector>

#include "monitor/process_stat.h"

namespace loadgate::monitor {

struct Member {
  ProcessId id;
  pid_t parent = 0;
  Nanoseconds own{};     // CPU time of all its threads.
  Nanoseconds reaped{};  // As ProcessStat's; read before any member's `own`.
};

class CpuAccount {
 public:
  // `begin`: in ticks since boot, of the first update. What a member has spent before a
  // later update finds it counts where it began its life since then.
  explicit CpuAccount(std::uint64_t begin) : begin_(begin) {}

  // All members there are now, rising by number.
  void update(std::vector<Member> members);

  Nanoseconds spent() const { return spent_; }
  const std::vector<Member>& members() const { return members_; }

 private:
  Nanoseconds growth(const Member& member, const Member* before, Nanoseconds Member::*time) const;
  bool has_heir(const Member& ended, const std::vector<Member>& now) const;

  std::uint64_t begin_;
  bool has_begun_ = false;
  std::vector<Member> members_;
  Nanoseconds spent_{};
  Nanoseconds owed_{};  // What was counted of ended members and is not seen as reaped yet.
};

}  // namespace loadgate::monitor
