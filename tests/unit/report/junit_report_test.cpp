#include <gtest/gtest.h>

#include <pugixml.hpp>
#include <set>
#include <string>

#include "report/report.h"
#include "support/sample_cases.h"

namespace loadgate::report {
namespace {

struct Xml {
  pugi::xml_document document;
  pugi::xml_node suites;
  explicit Xml(const gate::Summary& summary) {
    const metrics::RunResult run;
    const std::string text = make_report("junit")->render({&run, &summary});
    EXPECT_TRUE(document.load_string(text.c_str()));
    suites = document.child("testsuites");
  }
  pugi::xml_node test(const std::string& name) const {
    for (const pugi::xml_node suite : suites) {
      const pugi::xml_node found = suite.find_child_by_attribute("testcase", "name", name.c_str());
      if (found) return found;
    }
    return {};
  }
};

TEST(Junit, AMissedThresholdIsAFailureAtItsLine) {
  const Xml xml(support::threshold_missed_summary());
  const pugi::xml_node test = xml.test("p95 < 300ms");
  EXPECT_STREQ(test.attribute("classname").value(), "storefront.all stages");
  EXPECT_STREQ(test.attribute("file").value(), "configs/storefront.yaml");
  EXPECT_EQ(test.attribute("line").as_int(), 41);
  EXPECT_STREQ(test.child("failure").attribute("type").value(), "threshold");
  EXPECT_STREQ(test.child("failure").attribute("message").value(), "p95 312 ms, limit 300 ms");
  EXPECT_STREQ(test.child("failure").text().get(), "p95 312 ms, limit 300 ms");
}

TEST(Junit, ARegressionIsAFailureWithItsValuesInSystemOut) {
  const Xml xml(support::regression_summary());
  const pugi::xml_node test = xml.test("p50 of GET /store/products/ against baseline");
  EXPECT_STREQ(test.attribute("classname").value(), "storefront.peak");
  EXPECT_STREQ(test.child("failure").attribute("type").value(), "regression");
  EXPECT_TRUE(std::string(test.child("system-out").text().get()).starts_with("base: 8.10 ms\n"));
}

TEST(Junit, AnInconclusiveComparisonIsSkippedWithTheWayOut) {
  const Xml xml(support::regression_summary());
  const pugi::xml_node test = xml.test("p95 of GET /store/products/:id against baseline");
  EXPECT_STREQ(test.child("skipped").text().get(),
               "p95 of GET /store/products/:id is undecided (too noisy): it rose from 250 ms to "
               "301 ms (×1.20); this comparison sees ×1.61 and more. What would settle it: 3 more "
               "baseline runs.");
}

TEST(Junit, AnInvalidRunIsAnError) {
  const Xml xml(support::invalid_summary());
  const pugi::xml_node error = xml.test("run is valid").child("error");
  EXPECT_STREQ(error.attribute("type").value(), "invalid");
  EXPECT_NE(std::string(error.text().get()).find("raise --workers"), std::string::npos);
  EXPECT_FALSE(xml.test("run is complete").child("error"));
}

TEST(Junit, AnInterruptedRunIsAnError) {
  const Xml xml(support::interrupted_summary());
  EXPECT_STREQ(xml.test("run is complete").child("error").attribute("type").value(), "interrupted");
}

TEST(Junit, ComparisonsThatAreOnlyShownAreNoTests) {
  const Xml xml(support::passed_summary());
  EXPECT_FALSE(xml.test("p95 of GET /store/carts/{{ cart_id }}/ against baseline"));
  const pugi::xml_node peak = xml.suites.find_child_by_attribute("testsuite", "name", "peak");
  EXPECT_NE(std::string(peak.child("system-out").text().get()).find("has too few requests"),
            std::string::npos);
}

TEST(Junit, AHeadThatDiedIsAFailureThoughNothingWasCompared) {
  const Xml xml(support::duet_died_summary());
  const pugi::xml_node failure = xml.test("head stays up under load").child("failure");
  EXPECT_STREQ(failure.attribute("type").value(), "regression");
  EXPECT_STREQ(failure.text().get(), "the head build died under load: it exited with status 137");
  EXPECT_TRUE(xml.test("run can be compared with the base build").child("skipped"));
  EXPECT_FALSE(Xml(support::duet_passed_summary()).test("head stays up under load").first_child());
}

TEST(Junit, AGateThatCouldCompareNothingSkipsATestAndSaysTheWayOut) {
  const Xml xml(support::inconclusive_summary());
  const std::string reason =
      xml.test("run can be compared with the baseline").child("skipped").text().get();
  EXPECT_NE(reason.find("loadgate baseline record"), std::string::npos);
  EXPECT_FALSE(
      Xml(support::passed_summary()).test("run can be compared with the baseline").first_child());
}

TEST(Junit, ADuetSaysWithWhatItComparedAndWhatServicesSpent) {
  const Xml xml(support::duet_passed_summary());
  EXPECT_TRUE(xml.test("CPU per request of all requests against base"));
  const std::string notes = xml.suites.child("testsuite").child("system-out").text().get();
  EXPECT_TRUE(notes.starts_with("6 of 20 epochs of 8 s, each build started anew in each"));
  EXPECT_NE(notes.find("\nservice, base: 3.02 ms CPU per request"), std::string::npos);
}

TEST(Junit, AnEmptyGateStillHasATestThatPasses) {
  const Xml xml(support::empty_summary());
  EXPECT_EQ(xml.suites.attribute("tests").as_int(), 2);
  EXPECT_EQ(xml.suites.attribute("failures").as_int(), 0);
  EXPECT_TRUE(xml.test("run is valid"));
}

TEST(Junit, TheStrictDialectHasNoPlaceOfATestButTellsIt) {
  const gate::Summary summary = support::threshold_missed_summary();
  const metrics::RunResult run;
  const std::string text = make_report("junit")->render({&run, &summary, JunitFamily::xunit2});
  EXPECT_EQ(text.find(" file="), std::string::npos);
  EXPECT_EQ(text.find(" line="), std::string::npos);
  EXPECT_NE(
      text.find("<system-out>measured: 312 ms\nplan: configs/storefront.yaml:41</system-out>"),
      std::string::npos);
}

class JunitCases : public testing::TestWithParam<support::SampleCase> {};

TEST_P(JunitCases, CountsAreThoseOfTheTestsInside) {
  const Xml xml(GetParam().summary);
  int tests = 0, failures = 0, errors = 0;
  for (const pugi::xml_node suite : xml.suites) {
    int in_suite = 0, skipped = 0;
    for (const pugi::xml_node test : suite.children("testcase")) {
      ++in_suite;
      failures += static_cast<bool>(test.child("failure"));
      errors += static_cast<bool>(test.child("error"));
      skipped += static_cast<bool>(test.child("skipped"));
    }
    EXPECT_EQ(suite.attribute("tests").as_int(), in_suite);
    EXPECT_EQ(suite.attribute("skipped").as_int(), skipped);
    tests += in_suite;
  }
  EXPECT_EQ(xml.suites.attribute("tests").as_int(), tests);
  EXPECT_EQ(xml.suites.attribute("failures").as_int(), failures);
  EXPECT_EQ(xml.suites.attribute("errors").as_int(), errors);
}

TEST_P(JunitCases, NoTwoTestsShareClassAndName) {
  const Xml xml(GetParam().summary);
  std::set<std::string> names;
  for (const pugi::xml_node suite : xml.suites) {
    for (const pugi::xml_node test : suite.children("testcase")) {
      const std::string name =
          std::string(test.attribute("classname").value()) + "\n" + test.attribute("name").value();
      EXPECT_TRUE(names.insert(name).second) << name;
    }
  }
}

TEST_P(JunitCases, TimesAreFixedPointWithThreeDecimals) {
  const Xml xml(GetParam().summary);
  for (const pugi::xml_node suite : xml.suites) {
    const std::string time = suite.attribute("time").value();
    EXPECT_EQ(time.find_first_not_of("0123456789."), std::string::npos) << time;
    EXPECT_EQ(time.size() - time.find('.'), 4u) << time;
  }
}

INSTANTIATE_TEST_SUITE_P(Reports, JunitCases, testing::ValuesIn(support::sample_cases()),
                         support::name_of_case);

}  // namespace
}  // namespace loadgate::report
