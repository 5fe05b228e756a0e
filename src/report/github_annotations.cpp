#include "report/github_annotations.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <string>
#include <utility>

#include "report/wording.h"

namespace loadgate::report {
namespace {

using Level = Annotation::Level;
using Annotations = std::vector<Annotation>;

// Clearly: by as much as a rise would have to be to fail, and all of the interval.
bool is_clearly_better(const gate::ComparisonFinding& finding) {
  return finding.weight != gate::Weight::shown && finding.change < -finding.fail_line &&
         finding.change_high < 0;
}

class Collected {
 public:
  explicit Collected(const gate::Summary& summary)
      : verdict_(summary.verdict), plan_file_(summary.info.plan_file) {}

  Annotations take(const gate::Summary& summary) {
    add_run(summary);
    // What an invalid run measured says nothing.
    if (verdict_.conclusion != gate::Conclusion::invalid) {
      for (const gate::ThresholdFinding& finding : verdict_.thresholds) add(finding);
      for (const gate::ComparisonFinding& finding : verdict_.comparisons) add(finding);
    }
    for (const std::string& warning : summary.health.warnings) {
      at_plan(Level::warning, "warning", warning);
    }
    add_remarks();
    return limited();
  }

 private:
  void add_run(const gate::Summary& summary) {
    if (verdict_.conclusion == gate::Conclusion::invalid) {
      at_plan(Level::error, "invalid run", joined_reasons());
    } else if (verdict_.conclusion == gate::Conclusion::interrupted) {
      at_plan(Level::error, "interrupted", verdict_.sentence);
    } else if (!summary.info.aborted.empty()) {
      at_plan(Level::error, "stopped early", summary.info.aborted);
    }
    const std::string death = verdict_.duet ? death_text(*verdict_.duet) : "";
    if (!death.empty()) at_plan(Level::error, "regression", death);
    const bool is_said = verdict_.conclusion == gate::Conclusion::invalid ||
                         verdict_.conclusion == gate::Conclusion::interrupted || !death.empty();
    const std::string uncompared = is_said ? "" : uncompared_text(verdict_);
    if (!uncompared.empty()) at_plan(Level::warning, "nothing was compared", uncompared);
  }

  void add(const gate::ThresholdFinding& finding) {
    if (finding.outcome == gate::Outcome::pass) return;
    const bool is_missed = finding.outcome == gate::Outcome::fail;
    const Place& place = finding.threshold.place;
    Annotation annotation;
    annotation.level = is_missed ? Level::error : Level::warning;
    annotation.title = is_missed ? "loadgate: threshold missed" : "loadgate: threshold undecided";
    annotation.message = name_of(finding.threshold);
    if (!finding.stage.empty()) annotation.message += " in " + finding.stage;
    annotation.message += ": " + finding.explanation;
    annotation.file = place.file;
    annotation.line = place.line;
    annotation.column = place.column;
    if (place.column > 0) annotation.end_column = place.column + place.length;
    all_.push_back(std::move(annotation));
  }

  void add(const gate::ComparisonFinding& finding) {
    if (finding.weight == gate::Weight::shown) return;
    if (finding.outcome == gate::Outcome::fail) {
      at_plan(Level::error, "regression", finding.explanation + sureness(finding));
    } else if (finding.outcome == gate::Outcome::inconclusive) {
      if (finding.weight != gate::Weight::deciding) return;
      std::string message = finding.explanation;
      if (!finding.advice.empty()) message += " What " + settled_by(finding) + ".";
      at_plan(Level::warning, "undecided", std::move(message));
    } else if (is_clearly_better(finding)) {
      at_plan(Level::notice, "improved", improvement(finding));
    }
  }

  static std::string sureness(const gate::ComparisonFinding& finding) {
    return fmt::format(" 95 % interval {}, p {}.", interval_text(finding),
                       p_text(finding.p_adjusted));
  }

  static std::string improvement(const gate::ComparisonFinding& finding) {
    return fmt::format("{} of {} got better: {} before, {} now ({}, 95 % interval {}).",
                       words_for(finding.metric), finding.request,
                       level_text(finding.metric, finding.base),
                       level_text(finding.metric, finding.head),
                       change_text(finding.metric, finding.change), interval_text(finding));
  }

  // What changed between what was compared: an accepted level, drift, new requests.
  void add_remarks() {
    if (verdict_.baseline) {
      for (const std::string& remark : verdict_.baseline->remarks) {
        at_plan(Level::notice, "note", remark);
      }
    }
    if (!verdict_.duet) return;
    for (const std::string& remark : verdict_.duet->remarks) {
      at_plan(Level::notice, "note", remark);
    }
  }

  std::string joined_reasons() const {
    std::string text;
    for (const std::string& reason : verdict_.reasons) text += (text.empty() ? "" : "\n") + reason;
    return text.empty() ? verdict_.sentence : text;
  }

  // Comparisons stand at no line of the plan: its first one.
  void at_plan(Level level, std::string_view what, std::string message) {
    all_.push_back({level, fmt::format("loadgate: {}", what), std::move(message), plan_file_, 1});
  }

  Annotations limited() const {
    Annotations limited;
    for (const Level level : {Level::error, Level::warning, Level::notice}) {
      Annotations of_level;
      std::copy_if(all_.begin(), all_.end(), std::back_inserter(of_level),
                   [&](const Annotation& one) { return one.level == level; });
      if (of_level.size() > kMostAnnotations) {
        const std::size_t more = of_level.size() - (kMostAnnotations - 1);
        of_level.resize(kMostAnnotations - 1);
        of_level.push_back({level, fmt::format("loadgate: {} more", more),
                            "GitHub shows no more here: the summary of the job lists all.",
                            plan_file_, 1});
      }
      std::move(of_level.begin(), of_level.end(), std::back_inserter(limited));
    }
    return limited;
  }

  const gate::Verdict& verdict_;
  const std::string plan_file_;
  Annotations all_;
};

}  // namespace

std::vector<Annotation> annotations_of(const gate::Summary& summary) {
  return Collected(summary).take(summary);
}

}  // namespace loadgate::report
