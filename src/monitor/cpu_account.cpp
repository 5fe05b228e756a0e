#include "monitor/cpu_account.h"

#include <algorithm>

#include "base/machine_time.h"

namespace loadgate::monitor {

namespace {

const Member* find(const std::vector<Member>& members, pid_t pid) {
  const auto pid_of = [](const Member& member) { return member.id.pid; };
  const auto found = std::ranges::lower_bound(members, pid, {}, pid_of);
  return found != members.end() && found->id.pid == pid ? &*found : nullptr;
}

const Member* find(const std::vector<Member>& members, ProcessId id) {
  const Member* found = find(members, id.pid);
  return found != nullptr && found->id == id ? found : nullptr;
}

}  // namespace

void CpuAccount::update(std::vector<Member> members) {
  Nanoseconds reaped{};
  for (const Member& member : members) {
    const Member* before = find(members_, member.id);
    spent_ += growth(member, before, &Member::own);
    reaped += growth(member, before, &Member::reaped);
  }
  // What an ended member had spent comes back in the reaped time of who waited for it.
  for (const Member& before : members_) {
    if (find(members, before.id) != nullptr || !has_heir(before, members)) continue;
    owed_ += before.own + before.reaped;
  }
  const Nanoseconds settled = std::min(owed_, reaped);
  spent_ += reaped - settled;
  // Reaped time is told in whole ticks of two kinds, so a little may be told later. What
  // is owed beyond that was lost: a parent that ignores SIGCHLD inherits nothing.
  const Nanoseconds rounding = from_ticks(2) * static_cast<Nanoseconds::rep>(members.size());
  owed_ = std::min(owed_ - settled, rounding);
  members_ = std::move(members);
  has_begun_ = true;
}

Nanoseconds CpuAccount::growth(const Member& member, const Member* before,
                               Nanoseconds Member::*time) const {
  if (before != nullptr) return std::max(Nanoseconds{}, member.*time - before->*time);
  return has_begun_ && member.id.began >= begin_ ? member.*time : Nanoseconds{};
}

// Whether somebody of the set is there to wait for it, or did and was waited for.
bool CpuAccount::has_heir(const Member& ended, const std::vector<Member>& now) const {
  const Member* ancestor = &ended;
  for (std::size_t generation = 0; generation < members_.size(); ++generation) {
    ancestor = find(members_, ancestor->parent);
    if (ancestor == nullptr) return false;
    if (find(now, ancestor->id) != nullptr) return true;
  }
  return false;
}

}  // namespace loadgate::monitor
