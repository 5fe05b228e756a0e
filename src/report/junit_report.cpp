// JUnit XML in the two dialects that pytest has too: "xunit2" is that of the strict schema
// (junit-4.xsd, as Jenkins reads it), "common" adds `file` and `line` to each
// testcase.

#include <fmt/format.h>

#include <map>
#include <pugixml.hpp>
#include <set>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include "report/foreign_text.h"
#include "report/formats.h"
#include "report/junit_suites.h"

namespace loadgate::report {
namespace {

constexpr std::size_t kLongestName = 300;
constexpr std::size_t kLongestSentence = 2000;

using State = TestCase::State;

// Readers drop the second of two tests with one name (GitLab does).
class UniqueNames {
 public:
  std::string make(const std::string& name) {
    std::string unique = name;
    for (int number = 2; !taken_.insert(unique).second; ++number) {
      unique = fmt::format("{} ({})", name, number);
    }
    return unique;
  }

 private:
  std::set<std::string> taken_;
};

// Surefire's schema allows three decimals and no exponent.
std::string time_text(Nanoseconds time) { return fmt::format("{:.3f}", seconds(time)); }

void set(pugi::xml_node node, const char* name, const std::string& value,
         std::size_t longest = kLongestSentence) {
  node.append_attribute(name).set_value(xml_text(value, longest).c_str());
}

void add_text(pugi::xml_node node, const char* name, const std::string& text) {
  node.append_child(name).text().set(xml_text(text, kLongestSentence).c_str());
}

void write_result(pugi::xml_node node, const TestCase& test) {
  if (test.state == State::passed) return;
  if (test.state == State::skipped) {
    // The strict schema knows no attribute here: the reason is the text.
    add_text(node, "skipped", test.message);
    return;
  }
  pugi::xml_node problem = node.append_child(test.state == State::error ? "error" : "failure");
  set(problem, "type", test.type);
  set(problem, "message", test.message);
  problem.text().set(xml_text(test.message, kLongestSentence).c_str());
}

// Where the strict dialect has no attributes for it.
std::string place_line(const Place& place) {
  if (place.file.empty()) return {};
  return place.line > 0 ? fmt::format("plan: {}:{}", place.file, place.line)
                        : fmt::format("plan: {}", place.file);
}

std::string output_of(const TestCase& test, JunitFamily family) {
  if (family == JunitFamily::common) return test.values;
  const std::string place = place_line(test.place);
  return test.values.empty() || place.empty() ? test.values + place : test.values + "\n" + place;
}

void set_place(pugi::xml_node node, const Place& place) {
  if (!place.file.empty()) set(node, "file", place.file);
  if (place.line > 0) set(node, "line", std::to_string(place.line));
}

void write_test(pugi::xml_node suite, const TestCase& test, const std::string& class_name,
                UniqueNames& names, JunitFamily family) {
  pugi::xml_node node = suite.append_child("testcase");
  set(node, "name", names.make(xml_text(test.name, kLongestName)));
  set(node, "classname", class_name);
  // What a threshold looks at took the time of the suite, not of the test.
  set(node, "time", "0.000");
  if (family == JunitFamily::common) set_place(node, test.place);
  write_result(node, test);
  const std::string output = output_of(test, family);
  if (!output.empty()) add_text(node, "system-out", output);
}

void write_properties(pugi::xml_node suite, const metrics::RunInfo& info) {
  pugi::xml_node properties = suite.append_child("properties");
  const std::pair<const char*, std::string> values[] = {
      {"loadgate", info.tool_version},
      {"target", info.target},
      {"commit", info.commit},
      {"seed", std::to_string(info.seed)},
      {"machine", info.environment.text()},
      {"command", info.command},
  };
  for (const auto& [name, value] : values) {
    pugi::xml_node property = properties.append_child("property");
    set(property, "name", name);
    set(property, "value", value);
  }
}

void write_counts(pugi::xml_node node, const std::vector<Suite>& suites) {
  std::size_t tests = 0;
  std::map<State, std::int64_t> counts;
  for (const Suite& suite : suites) {
    tests += suite.cases.size();
    for (const TestCase& test : suite.cases) ++counts[test.state];
  }
  set(node, "tests", std::to_string(tests));
  set(node, "failures", std::to_string(counts[State::failed]));
  set(node, "errors", std::to_string(counts[State::error]));
}

void write_suite(pugi::xml_node root, const Suite& suite, const metrics::RunInfo& info,
                 JunitFamily family) {
  pugi::xml_node node = root.append_child("testsuite");
  set(node, "name", suite.name, kLongestName);
  write_counts(node, {suite});
  set(node, "skipped", std::to_string(suite.count(State::skipped)));
  set(node, "time", time_text(suite.time));
  set(node, "timestamp", iso8601(info.started));
  write_properties(node, info);
  UniqueNames names;
  const std::string class_name =
      xml_text(info.plan_name, kLongestName) + "." + xml_text(suite.name, kLongestName);
  for (const TestCase& test : suite.cases) {
    write_test(node, test, class_name, names, family);
  }
  if (!suite.notes.empty()) add_text(node, "system-out", suite.notes);
}

class JunitReport final : public Report {
 public:
  std::string render(const Material& material) const override {
    const gate::Summary& summary = *material.summary;
    const std::vector<Suite> suites = suites_of(summary);
    pugi::xml_document document;
    pugi::xml_node declaration = document.append_child(pugi::node_declaration);
    set(declaration, "version", "1.0");
    set(declaration, "encoding", "UTF-8");
    pugi::xml_node root = document.append_child("testsuites");
    set(root, "name", summary.info.plan_name, kLongestName);
    write_counts(root, suites);
    set(root, "time", time_text(summary.info.length));
    for (const Suite& suite : suites) {
      write_suite(root, suite, summary.info, material.junit_family);
    }
    std::ostringstream out;
    document.save(out, "  ", pugi::format_indent, pugi::encoding_utf8);
    return out.str();
  }
};

}  // namespace

std::unique_ptr<Report> make_junit_report() { return std::make_unique<JunitReport>(); }

}  // namespace loadgate::report
