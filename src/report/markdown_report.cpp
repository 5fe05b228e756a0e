#include "report/markdown_report.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "report/formats.h"
#include "report/markdown_parts.h"
#include "report/wording.h"

namespace loadgate::report {
namespace {

constexpr std::size_t kLongestCommand = 2000;

// The headline stands in the heading.
std::string_view without_headline(const gate::Verdict& verdict) {
  std::string_view sentence = verdict.sentence;
  const std::string headline = fmt::format("{}: ", headline_of(verdict.conclusion));
  if (sentence.starts_with(headline)) sentence.remove_prefix(headline.size());
  return sentence;
}

void add_verdict(MarkdownPage& page, const gate::Summary& summary) {
  const gate::Verdict& verdict = summary.verdict;
  page.add(fmt::format("## {} {}: {}\n", sign_of(verdict.conclusion),
                       headline_of(verdict.conclusion), name_in_markdown(summary.info.plan_name)));
  const std::string sentence = sentence_in_markdown(trimmed(without_headline(verdict)));
  if (!sentence.empty()) page.add(fmt::format("\n**{}**\n", sentence));
  if (!summary.info.aborted.empty()) {
    page.add(fmt::format("\nStopped early: {}\n", sentence_in_markdown(summary.info.aborted)));
  }
  // A single reason is the sentence already.
  if (verdict.reasons.size() > 1) add_sentences(page, "!", verdict.reasons);
}

// What failed comes first.
void add_findings(MarkdownPage& page, const gate::Summary& summary) {
  const bool is_regression = summary.verdict.conclusion == gate::Conclusion::regression;
  if (is_regression) add_against(page, summary);
  add_thresholds(page, summary.verdict.thresholds);
  if (!is_regression) add_against(page, summary);
}

std::string circumstances(const gate::Summary& summary) {
  const metrics::RunInfo& info = summary.info;
  const std::pair<const char*, std::string> facts[] = {
      {"plan", info.plan_file},
      {"target", info.target},
      {"commit", info.commit},
      {"machine", info.environment.text()},
      {"started", iso8601(info.started) + ", took " + seconds_text(info.length)},
      {"loadgate", info.tool_version},
  };
  std::string text;
  for (const auto& [name, value] : facts) {
    if (!value.empty()) text += fmt::format("- {}: {}\n", name, name_in_markdown(value));
  }
  return text;
}

std::string end_of(const gate::Summary& summary) {
  std::string text = "\n### Run it again\n\n";
  if (!summary.info.command.empty()) {
    text += markdown_code(printable(summary.info.command), "sh", kLongestCommand) + '\n';
  }
  return text + circumstances(summary);
}

class MarkdownReport final : public Report {
 public:
  std::string render(const Material& material) const override {
    return render_markdown(*material.summary, kMostOfStepSummary);
  }
};

}  // namespace

void add_sentences(MarkdownPage& page, std::string_view sign,
                   const std::vector<std::string>& sentences) {
  if (sentences.empty()) return;
  page.add("\n");
  for (const std::string& sentence : sentences) {
    page.add(fmt::format("- {} {}\n", sign, sentence_in_markdown(sentence)));
  }
}

std::string render_markdown(const gate::Summary& summary, std::size_t most_bytes) {
  MarkdownPage page(most_bytes, end_of(summary));
  add_verdict(page, summary);
  add_findings(page, summary);
  add_requests(page, summary);
  add_services(page, summary);
  add_failures(page, summary.failures);
  if (!summary.health.warnings.empty()) page.add("\n### Warnings\n");
  add_sentences(page, "!", summary.health.warnings);
  return page.finish();
}

std::unique_ptr<Report> make_markdown_report() { return std::make_unique<MarkdownReport>(); }

}  // namespace loadgate::report
