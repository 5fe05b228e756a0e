#include "report/junit_suites.h"

#include <fmt/format.h>

#include <utility>

#include "report/wording.h"

namespace loadgate::report {
namespace {

constexpr std::string_view kOverAllStages = "all stages";

TestCase::State state_of(gate::Outcome outcome) {
  if (outcome == gate::Outcome::pass) return TestCase::State::passed;
  return outcome == gate::Outcome::fail ? TestCase::State::failed : TestCase::State::skipped;
}

TestCase test_of(const gate::ThresholdFinding& finding) {
  TestCase test;
  test.name = name_of(finding.threshold);
  test.place = finding.threshold.place;
  test.state = state_of(finding.outcome);
  test.type = "threshold";
  test.message = finding.explanation;
  test.values = "measured: " + measured_text(finding);
  return test;
}

std::string values_of(const gate::ComparisonFinding& finding, Against against) {
  return fmt::format(
      "base: {}\nhead: {}\nchange: {} (95 % interval {})\nlimit: {}\np: {}\n"
      "{}: {}\nrequests: {}",
      level_text(finding.metric, finding.base), level_text(finding.metric, finding.head),
      change_text(finding.metric, finding.change), interval_text(finding), limit_text(finding),
      p_text(finding.p_adjusted), units_title(against), units_of(finding, against),
      finding.requests);
}

TestCase test_of(const gate::ComparisonFinding& finding, const gate::Summary& summary) {
  const Against against = against_of(summary.verdict);
  TestCase test;
  test.name = name_of(finding, against);
  test.place.file = summary.info.plan_file;
  test.state = state_of(finding.outcome);
  test.type = "regression";
  test.message = finding.explanation;
  if (!finding.advice.empty()) test.message += " What " + settled_by(finding) + ".";
  test.values = values_of(finding, against);
  return test;
}

std::string joined(const std::vector<std::string>& sentences, std::string otherwise) {
  if (sentences.empty()) return otherwise;
  std::string text;
  for (const std::string& sentence : sentences) text += (text.empty() ? "" : "\n") + sentence;
  return text;
}

// Always written, so that a gate without thresholds still has a test that can fail,
// and a test's history does not begin with its first failure.
TestCase test_of_validity(const gate::Summary& summary) {
  TestCase test;
  test.name = "run is valid";
  test.place.file = summary.info.plan_file;
  if (summary.verdict.conclusion == gate::Conclusion::invalid) {
    test.state = TestCase::State::error;
    test.type = "invalid";
    test.message = joined(summary.verdict.reasons, summary.verdict.sentence);
  }
  return test;
}

TestCase test_of_completeness(const gate::Summary& summary) {
  TestCase test;
  test.name = "run is complete";
  test.place.file = summary.info.plan_file;
  if (summary.info.interrupted || summary.verdict.conclusion == gate::Conclusion::interrupted) {
    test.state = TestCase::State::error;
    test.type = "interrupted";
    test.message = summary.verdict.sentence;
  }
  return test;
}

// So that a gate which could compare nothing does not look green.
TestCase test_of_comparability(const gate::Summary& summary) {
  TestCase test;
  test.name = fmt::format("run can be compared with {}", opponent_of(against_of(summary.verdict)));
  test.place.file = summary.info.plan_file;
  test.message = uncompared_text(summary.verdict);
  if (!test.message.empty()) test.state = TestCase::State::skipped;
  return test;
}

TestCase test_of_survival(const gate::Summary& summary) {
  TestCase test;
  test.name = "head stays up under load";
  test.place.file = summary.info.plan_file;
  test.message = death_text(*summary.verdict.duet);
  test.type = "regression";
  if (!test.message.empty()) test.state = TestCase::State::failed;
  return test;
}

// What is asked of the run as a whole.
std::vector<TestCase> tests_of_run(const gate::Summary& summary) {
  std::vector<TestCase> tests = {test_of_validity(summary), test_of_completeness(summary)};
  const gate::Verdict& verdict = summary.verdict;
  if (verdict.duet) tests.push_back(test_of_survival(summary));
  if (verdict.duet || verdict.baseline) tests.push_back(test_of_comparability(summary));
  return tests;
}

// What was compared with what, and what the services spent.
std::string notes_of(const gate::Summary& summary) {
  std::string notes;
  if (const std::optional<gate::DuetInfo>& duet = summary.verdict.duet) {
    const std::string compared = compared_with(*duet);
    if (!compared.empty()) notes += compared + "\n";
    for (const std::string& remark : duet->remarks) notes += remark + "\n";
  }
  const Against against = against_of(summary.verdict);
  for (const gate::ServiceRow& service : summary.services) {
    notes += fmt::format("{}: {}\n", name_of(service, against), use_text(service));
  }
  if (summary.machine) notes += fmt::format("machine: {}\n", machine_text(*summary.machine));
  return notes;
}

// The suites in the order of the plan; findings of a stage that the plan does not
// have (a foreign result) get one of their own at the end.
class Suites {
 public:
  explicit Suites(const gate::Summary& summary) {
    suites_.push_back({std::string(kOverAllStages), summary.info.length, {}, {}});
    const std::optional<gate::DuetInfo>& duet = summary.verdict.duet;
    for (const metrics::StageInfo& stage : summary.stages) {
      suite(stage.name).time += duet ? duet->length : stage.held.length();
    }
  }

  Suite& suite(const std::string& stage) {
    const std::string name = stage.empty() ? std::string(kOverAllStages) : stage;
    const auto found = std::find_if(suites_.begin(), suites_.end(),
                                    [&](const Suite& known) { return known.name == name; });
    if (found != suites_.end()) return *found;
    suites_.push_back({name, {}, {}, {}});
    return suites_.back();
  }

  // Without those that have nothing to say.
  std::vector<Suite> take() {
    std::erase_if(suites_,
                  [](const Suite& suite) { return suite.cases.empty() && suite.notes.empty(); });
    return std::move(suites_);
  }

 private:
  std::vector<Suite> suites_;
};

}  // namespace

std::vector<Suite> suites_of(const gate::Summary& summary) {
  Suites suites(summary);
  suites.suite("").cases = tests_of_run(summary);
  suites.suite("").notes = notes_of(summary);
  for (const gate::ThresholdFinding& finding : summary.verdict.thresholds) {
    suites.suite(finding.stage).cases.push_back(test_of(finding));
  }
  for (const gate::ComparisonFinding& finding : summary.verdict.comparisons) {
    if (finding.weight == gate::Weight::shown) {
      suites.suite(finding.stage).notes += finding.explanation + "\n";
    } else {
      suites.suite(finding.stage).cases.push_back(test_of(finding, summary));
    }
  }
  return suites.take();
}

}  // namespace loadgate::report
