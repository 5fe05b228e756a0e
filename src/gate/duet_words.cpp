#include "gate/duet_words.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/text.h"
#include "base/units.h"
#include "gate/duet_looks.h"
#include "gate/explain.h"

namespace loadgate::gate {
namespace {

std::string without_stop(const std::string& sentence) {
  return sentence.ends_with('.') ? sentence.substr(0, sentence.size() - 1) : sentence;
}

// With its start, as this duet's epochs took on average. REQUIRES: epochs.
Nanoseconds time_of_epochs(const metrics::Duet& duet, std::size_t epochs) {
  const Nanoseconds from_first = duet.epochs.back().began - duet.epochs.front().began;
  const double each =
      seconds(from_first + duet.epoch_length) / static_cast<double>(duet.epochs.size());
  return std::chrono::seconds(std::llround(each * static_cast<double>(epochs)));
}

std::string advise_more_epochs(const DuetCase& one, double level, const metrics::Duet& duet) {
  const auto more = epochs_to_settle(one, level, duet.restart);
  if (!more) {
    return "more epochs would not help: a quieter machine, a higher `duet: rate` or a larger "
           "`gate: detect: duet`";
  }
  std::string epochs = fmt::format("about {}, {}", counted(*more, "more epoch"),
                                   format_duration(time_of_epochs(duet, *more)));
  const std::size_t all = static_cast<std::size_t>(one.finding.epochs) + *more;
  if (all <= kMostEpochs) {
    return all <= duet.most_epochs ? epochs : fmt::format("{} (`--epochs {}`)", epochs, all);
  }
  return fmt::format(
      "{}, which is more than the {} of a duet: a quieter machine, a higher `duet: "
      "rate` or a larger `gate: detect: duet`",
      epochs, kMostEpochs);
}

void add_spoilt(const metrics::Duet& duet, std::vector<std::string>& remarks) {
  const auto counting = epochs_that_count(duet);
  const std::size_t spoilt = duet.epochs.size() - counting.size();
  if (spoilt == 0) return;
  const auto last = std::find_if(duet.epochs.rbegin(), duet.epochs.rend(), [&](const auto& epoch) {
    return std::find(counting.begin(), counting.end(), &epoch) == counting.end();
  });
  const std::string why =
      last->counts() ? "hardly anything was sent while the load was held" : last->spoilt;
  remarks.push_back(fmt::format("{} of {} {} not count{}: {}.", spoilt,
                                counted(duet.epochs.size(), "epoch"), spoilt > 1 ? "do" : "does",
                                spoilt > 1 ? ", the last of these" : "", without_stop(why)));
}

void add_unmeasured_cpu(const metrics::Duet& duet, std::vector<std::string>& remarks) {
  for (const metrics::Epoch* epoch : epochs_that_count(duet)) {
    for (const metrics::EpochSide* side : {&epoch->base, &epoch->head}) {
      if (metrics::cpu_within(side->use, epoch->held)) continue;
      const std::string why = side->use.trouble.empty() ? "" : ": " + side->use.trouble;
      remarks.push_back(
          fmt::format("CPU time was not measured in every epoch{}.", without_stop(why)));
      return;
    }
  }
}

}  // namespace

std::string explain_duet(const DuetCase& one) {
  const ComparisonFinding& finding = one.finding;
  if (one.is_judged() && one.has_estimate) return explain(finding, NameStage::no);
  const std::string subject = fmt::format("{} of {}", words_for(finding.metric), finding.request);
  if (finding.cause == Cause::only_head_knows) {
    return fmt::format("{} is only shown: base does not answer {}.", subject,
                       finding.request == metrics::kAllRequests ? "each of them" : "this request");
  }
  if (finding.cause == Cause::neither_answers) {
    return fmt::format("{} is only shown: neither side answers {} as expected.", subject,
                       finding.request == metrics::kAllRequests ? "any of them" : "this request");
  }
  if (one.is_judged()) {
    return fmt::format("{} could not be compared: it was not answered on both sides.", subject);
  }
  return fmt::format("{} has too few requests in an epoch to say anything.", subject);
}

std::string advise_duet(const DuetCase& one, double level, const metrics::Duet& duet) {
  const ComparisonFinding& finding = one.finding;
  if (finding.outcome != Outcome::inconclusive) return {};
  switch (finding.cause) {
    case Cause::environment:
      return "another duet when the machine is left alone, or at a lower `duet: rate`";
    case Cause::too_few_requests:
      if (!one.has_estimate) return "answers on both sides";
      return fmt::format("a higher `duet: rate`: {:.3g} requests an epoch are few",
                         one.requests_a_unit);
    case Cause::too_noisy:
      return advise_more_epochs(one, level, duet);
    default:
      return {};
  }
}

std::vector<std::string> duet_remarks(const metrics::RunResult& run,
                                      const std::vector<DuetRequest>& requests,
                                      const std::optional<Guard>& guard) {
  const metrics::Duet& duet = *run.duet;
  std::vector<std::string> remarks;
  if (duet.is_same_build) remarks.emplace_back("Both sides are the same build.");
  add_spoilt(duet, remarks);
  if (guard) {
    remarks.push_back(fmt::format("Response times cannot pass: {}.", guard->remark));
  }
  add_unmeasured_cpu(duet, remarks);
  if (duet.restart == plan::Restart::never) {
    remarks.emplace_back(
        "Neither side was restarted, so the luck of one start counts as 2 % of error.");
  }
  for (const DuetRequest& request : requests) {
    if (request.left_out == Cause::none || request.name == metrics::kAllRequests) continue;
    const bool is_heads = request.left_out == Cause::only_head_knows;
    remarks.push_back(
        is_heads ? fmt::format("Base does not answer {}: it is shown, not compared.", request.name)
                 : fmt::format("Neither side answers {} as expected: it is shown, "
                               "not compared.",
                               request.name));
  }
  return remarks;
}

std::string too_few_epochs(const DuetInfo& info) {
  if (info.is_fixed && info.most_epochs < kFewestEpochs) {
    return fmt::format(
        "a verdict takes {0} epochs, and {1} {2} asked for: use `--epochs {0}` or "
        "more",
        kFewestEpochs, info.most_epochs, info.most_epochs == 1 ? "was" : "were");
  }
  std::string text = fmt::format("a verdict takes {} epochs, and {} count", kFewestEpochs,
                                 info.epochs == 0 ? "none" : std::to_string(info.epochs));
  if (info.most_epochs < kFewestEpochs) {
    return text + fmt::format("; at most {} fit into the {} of a duet: make the start quicker",
                              info.most_epochs, format_duration(kLongestDuet));
  }
  // What was interrupted or aborted has another sentence.
  if (info.spoilt == 0) {
    return text +
           "; data ran out before there were enough: give the plan more rows, or use a "
           "lower `duet: rate`";
  }
  return text + fmt::format(" of {}; use a quieter machine or a lower `duet: rate`",
                            info.epochs + info.spoilt);
}

}  // namespace loadgate::gate
