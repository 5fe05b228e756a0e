#include "session/builds.h"

#include <fmt/format.h>

#include <system_error>

#include "session/plan_file.h"

namespace loadgate::session {
namespace {

namespace fs = std::filesystem;

// The folder where the plan says `start` runs, seen from `directory` instead of from the
// plan's own; nothing where the plan names one outside of it.
std::optional<fs::path> moved(const plan::Start& start, const std::string& plan_file,
                              const fs::path& directory) {
  const fs::path own = fs::path(plan_file).parent_path();
  const fs::path inner = fs::path(start.directory)
                             .lexically_normal()
                             .lexically_relative(own.empty() ? "." : own.lexically_normal());
  if (inner.empty()) return std::nullopt;
  return (directory / inner).lexically_normal();
}

std::string complain(const plan::Plan& plan, const std::string& text) {
  return fmt::format("{}: {}\n", plan.file, text);
}

// What keeps a plan from driving two builds; empty where nothing does.
std::string obstacle(const plan::Plan& plan, const Build& build) {
  if (!plan.http.unix_socket.empty()) {
    return "a duet cannot go through \"unix_socket\": both builds would be one";
  }
  if (!build.address.empty()) return {};
  if (!plan.start) {
    return "the plan has no \"start\", so no build can be started: add one, or give the "
           "addresses of two running builds with --base and --head";
  }
  if (!moved(*plan.start, plan.file, build.directory)) {
    return fmt::format(
        "\"directory\" of \"start\" ({}) is no path below the plan's folder, so it "
        "cannot be another one for each build",
        plan.start->directory);
  }
  return {};
}

// Why both builds would be one; empty where they are two, or meant to be one.
std::string same_folder(const plan::Plan& plan, const std::string& file, const Builds& builds) {
  if (!plan.start || builds.base.directory == builds.head.directory) return {};
  const auto absolute = [&](const Build& build) {
    std::error_code ignored;
    return fs::weakly_canonical(*moved(*plan.start, file, build.directory), ignored);
  };
  if (absolute(builds.base) != absolute(builds.head)) return {};
  return fmt::format(
      "\"directory\" of \"start\" leads to {} for both builds: name one below the "
      "plan's folder",
      absolute(builds.base).string());
}

void settle(plan::Plan& plan, const Build& build, const std::string& plan_file,
            std::string_view side) {
  if (!plan.start) return;
  plan.start->directory = moved(*plan.start, plan_file, build.directory)->string();
  plan.start->environment.emplace_back("LOADGATE_SIDE", side);
}

// The same plan with a free port each, or one address.
struct Twice {
  PlansByPlace plans;
  std::string complaint;
};

Twice open_twice(const std::string& file, reader::Overrides overrides, const Build& build) {
  Twice twice;
  if (!build.address.empty()) overrides.host = build.address;
  for (plan::Plan& plan : twice.plans) {
    PlanFile opened = open_plan(file, overrides);
    if (!opened.plan) {
      twice.complaint = std::move(opened.complaint);
      return twice;
    }
    plan = std::move(*opened.plan);
  }
  const std::string wrong = obstacle(twice.plans[0], build);
  if (!wrong.empty()) twice.complaint = complain(twice.plans[0], wrong);
  return twice;
}

}  // namespace

OpenedDuet open_duet(const std::string& file, const reader::Overrides& overrides,
                     const Builds& builds) {
  Twice base = open_twice(file, overrides, builds.base);
  if (!base.complaint.empty()) return {std::nullopt, std::move(base.complaint)};
  const bool are_started = builds.head.address.empty();
  // Started builds swap their ports, so both have the same two.
  Twice head = are_started ? base : open_twice(file, overrides, builds.head);
  if (are_started) {
    const std::string wrong = obstacle(head.plans[0], builds.head);
    if (!wrong.empty()) return {std::nullopt, complain(head.plans[0], wrong)};
  }
  if (!head.complaint.empty()) return {std::nullopt, std::move(head.complaint)};
  const std::string same = same_folder(base.plans[0], file, builds);
  if (!same.empty()) return {std::nullopt, complain(base.plans[0], same)};
  for (plan::Plan& plan : base.plans) settle(plan, builds.base, file, "base");
  for (plan::Plan& plan : head.plans) settle(plan, builds.head, file, "head");
  if (base.plans[1].start) base.plans[1].start->prepare.clear();
  if (head.plans[0].start) head.plans[0].start->prepare.clear();
  return {DuetPlans{std::move(base.plans), std::move(head.plans)}, {}};
}

}  // namespace loadgate::session
