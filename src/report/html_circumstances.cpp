#include <fmt/format.h>

#include <utility>

#include "base/units.h"
#include "report/html_parts.h"
#include "report/wording.h"

namespace loadgate::report {
namespace {

std::vector<Fields> run_facts(const metrics::RunInfo& info) {
  std::vector<Fields> facts = {fact("target", info.target),
                               fact("plan", info.plan_file),
                               fact("started", iso8601(info.started)),
                               fact("length", seconds_text(info.length)),
                               fact("seed", std::to_string(info.seed)),
                               fact("loadgate", info.tool_version)};
  if (!info.commit.empty()) facts.push_back(fact("commit", info.commit));
  return facts;
}

std::vector<Fields> machine_facts(const gate::Summary& summary) {
  const metrics::Environment& machine = summary.info.environment;
  std::vector<Fields> facts = {fact("processor", machine.cpu_model),
                               fact("cores", std::to_string(machine.cores)),
                               fact("memory", std::to_string(machine.memory_gb) + " GB"),
                               fact("system", machine.os),
                               fact("container", machine.in_container ? "yes" : "no"),
                               fact("fingerprint", machine.fingerprint())};
  if (!summary.machine) return facts;
  facts.push_back(fact("busy while the load was held", format_share(summary.machine->busy)));
  facts.push_back(fact("of it by loadgate", format_share(summary.machine->own)));
  facts.push_back(fact("taken by other guests", format_share(summary.machine->stolen)));
  facts.push_back(
      fact("a task waited for a CPU", format_share(summary.machine->pressure) + " of the time"));
  return facts;
}

std::vector<Fields> generator_facts(const metrics::Health& health, unsigned workers) {
  std::vector<Fields> facts = {
      fact("workers", std::to_string(workers)),
      fact("processor time used", format_share(health.cpu_share) + " of its cores"),
      fact("busiest worker", format_share(health.busiest_worker)),
      fact("sent late", format_share(health.late_share) + " (limit 1 %)"),
      fact("late by, median and p99",
           format_latency(health.lateness_p50) + ", " + format_latency(health.lateness_p99)),
      fact("event loop lag, p99", format_latency(health.loop_lag_p99)),
      fact("reconnects", count_text(health.reconnects)),
      fact("taken by other guests", format_share(health.steal_share))};
  if (health.arrivals > 0) {
    facts.push_back(fact("arrivals", count_text(health.arrivals)));
    facts.push_back(fact("dropped, no user free", count_text(health.dropped)));
  }
  return facts;
}

// "6, 10, 14 epochs"
std::string looks_text(const std::vector<gate::Look>& looks) {
  std::string text;
  for (const gate::Look& look : looks) {
    text += (text.empty() ? "" : ", ") + std::to_string(look.epochs);
  }
  return text + " epochs";
}

std::vector<Fields> rule_facts(const gate::Verdict& verdict, const plan::GateRules& rules) {
  const plan::Detect& detect = verdict.duet ? rules.duet : rules.stored;
  std::vector<Fields> facts = {
      fact("confidence of the whole gate", format_share(rules.confidence)),
      fact("rises that matter",
           fmt::format("CPU {}, p50 {}, p95 {}, {}error rate {}",
                       format_share(detect.cpu_per_request), format_share(detect.p50),
                       format_share(detect.p95),
                       detect.p99 ? fmt::format("p99 {}, ", format_share(*detect.p99)) : "",
                       format_share(detect.error_rate))),
      fact("never matters",
           fmt::format("differences below {}, of CPU below {}",
                       format_duration(rules.latency_floor), format_duration(rules.cpu_floor)))};
  if (verdict.duet && !verdict.duet->looks.empty()) {
    facts.push_back(fact("looked at after", looks_text(verdict.duet->looks)));
  }
  std::string ignored;
  for (const std::string& name : rules.ignored_requests) {
    ignored += (ignored.empty() ? "" : ", ") + name;
  }
  if (!ignored.empty()) facts.push_back(fact("ignored", std::move(ignored)));
  return facts;
}

Fields stage_row(const metrics::StageInfo& stage) {
  return Fields()
      .text("name", stage.name)
      .text("load", load_text(stage))
      .text("from", seconds_text(stage.planned.from))
      .text("to", seconds_text(stage.planned.to))
      .text("judged", judged_text(stage))
      .flag("is_saturated", stage.is_saturated);
}

// What was compared with, and what readers should know of it.
void add_opponent(Fields& page, const gate::Summary& summary) {
  const gate::Verdict& verdict = summary.verdict;
  std::string text;
  std::vector<std::string> remarks;
  if (verdict.duet) {
    text = compared_with(*verdict.duet);
    remarks = verdict.duet->remarks;
  } else if (verdict.baseline) {
    text = compared_with(*verdict.baseline, summary.info.environment);
    remarks = verdict.baseline->remarks;
  }
  page.flag("has_opponent", !text.empty())
      .block("compared_with", text)
      .list("remarks", parts_of(remarks, [](const std::string& remark) {
              return Fields().text("text", remark);
            }));
}

}  // namespace

Fields fact(std::string label, std::string value) {
  if (value.empty()) value = "–";
  return Fields().text("label", std::move(label)).text("value", std::move(value));
}

void add_circumstances(Fields& page, const gate::Summary& summary, const plan::GateRules& rules) {
  const std::optional<gate::BaselineInfo>& baseline = summary.verdict.baseline;
  add_opponent(page, summary);
  page.list("run_facts", run_facts(summary.info))
      .list("machine_facts", machine_facts(summary))
      .list("generator_facts", generator_facts(summary.health, summary.info.workers))
      .list("rule_facts", rule_facts(summary.verdict, rules))
      .list("plan_stages", parts_of(summary.stages, stage_row))
      .flag("has_baseline_note", baseline && !baseline->note.empty())
      .text("baseline_note", baseline ? baseline->note : std::string())
      .flag("has_command", !summary.info.command.empty())
      .block("command", summary.info.command);
}

}  // namespace loadgate::report
