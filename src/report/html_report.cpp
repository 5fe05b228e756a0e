// One self-contained page, complete without its scripts: templates/report.html filled with the
// parts. The page may run these scripts and no others, and load nothing.

#include <cassert>
#include <utility>

#include "embedded_templates.h"
#include "metrics/base64.h"
#include "report/formats.h"
#include "report/html_parts.h"
#include "report/html_template.h"
#include "report/wording.h"

namespace loadgate::report {
namespace {

std::string_view tone_of(gate::Conclusion conclusion) {
  switch (conclusion) {
    case gate::Conclusion::passed:
      return "good";
    case gate::Conclusion::inconclusive:
    case gate::Conclusion::interrupted:
      return "doubtful";
    case gate::Conclusion::regression:
    case gate::Conclusion::threshold_missed:
    case gate::Conclusion::invalid:
      break;
  }
  return "bad";
}

// Behind the headline its own words would stand twice.
std::string without_headline(const gate::Verdict& verdict) {
  const std::string opening = std::string(headline_of(verdict.conclusion)) + ": ";
  const std::string& sentence = verdict.sentence;
  return sentence.starts_with(opening) ? sentence.substr(opening.size()) : sentence;
}

std::vector<Fields> sentences_of(const std::vector<std::string>& sentences) {
  return parts_of(sentences,
                  [](const std::string& sentence) { return Fields().text("text", sentence); });
}

std::vector<Fields> head_facts(const gate::Summary& summary) {
  const gate::Row& total = summary.total;
  const char* requests = summary.verdict.duet ? "requests of head" : "requests";
  std::vector<Fields> facts = {fact(requests, count_text(total.requests)),
                               fact("failed", count_text(total.failures))};
  if (total.rating != gate::Rating::none) {
    facts.push_back(fact("p50 of all requests", ms_text(total.p50) + " ms"));
    facts.push_back(fact("p95 of all requests", ms_text(total.p95) + " ms"));
  }
  facts.push_back(fact("per second", rate_text(total.per_second)));
  return facts;
}

void add_verdict(Fields& page, const gate::Summary& summary) {
  const gate::Verdict& verdict = summary.verdict;
  page.text("plan_name", summary.info.plan_name)
      .text("sign", std::string(sign_of(verdict.conclusion)))
      .text("headline", std::string(headline_of(verdict.conclusion)))
      .text("tone", std::string(tone_of(verdict.conclusion)))
      .text("sentence", without_headline(verdict))
      .text("target", summary.info.target)
      .text("started", iso8601(summary.info.started))
      .text("version", summary.info.tool_version)
      .flag("is_aborted", !summary.info.aborted.empty())
      .text("aborted", summary.info.aborted)
      .list("head_facts", head_facts(summary));
  page.flag("is_invalid", !verdict.reasons.empty())
      .list("reasons", sentences_of(verdict.reasons))
      .list("warnings", sentences_of(summary.health.warnings));
}

int digit(char hexadecimal) {
  return hexadecimal <= '9' ? hexadecimal - '0' : hexadecimal - 'a' + 10;
}

// As a content security policy names what may run: "sha256-…".
std::string hash_of(std::string_view file) {
  const std::string_view hexadecimal = embedded::templates_sha256(file);
  std::string bytes;
  for (std::size_t i = 0; i + 1 < hexadecimal.size(); i += 2) {
    bytes += static_cast<char>(digit(hexadecimal[i]) * 16 + digit(hexadecimal[i + 1]));
  }
  return "sha256-" + metrics::to_base64(bytes);
}

void add_own_files(Fields& page) {
  page.ours("palette", embedded::templates("palette.css"))
      .ours("style", embedded::templates("report.css"))
      .ours("library", embedded::templates("dygraph.min.js"))
      .ours("script", embedded::templates("report.js"))
      .ours("licence", embedded::templates("report_licence.txt"))
      .text("palette_hash", hash_of("palette.css"))
      .text("style_hash", hash_of("report.css"))
      .text("library_hash", hash_of("dygraph.min.js"))
      .text("script_hash", hash_of("report.js"));
}

class HtmlReport final : public Report {
 public:
  std::string render(const Material& material) const override {
    const gate::Summary& summary = *material.summary;
    Fields page;
    add_verdict(page, summary);
    add_findings(page, summary.verdict);
    add_requests(page, summary);
    add_distributions(page, summary);
    add_charts(page, summary);
    add_services(page, summary);
    add_failures(page, summary.failures);
    add_service_times(page, summary.rows);
    add_slowest(page, summary.slowest);
    add_phases(page, summary.rows);
    add_circumstances(page, summary, material.run->judging.gate);
    add_own_files(page);
    FilledTemplate filled =
        fill_template(embedded::templates("report.html"),
                      {{"lines", embedded::templates("report_lines.html")},
                       {"spread", embedded::templates("report_distribution.html")},
                       {"card", embedded::templates("report_card.html")},
                       {"interval", embedded::templates("report_interval.html")},
                       {"row", embedded::templates("report_row.html")},
                       {"row_titles", embedded::templates("report_row_titles.html")},
                       {"sample", embedded::templates("report_sample.html")},
                       {"message", embedded::templates("report_message.html")}},
                      page);
    assert(filled.missing.empty());
    return std::move(filled.text);
  }
};

}  // namespace

std::unique_ptr<Report> make_html_report() { return std::make_unique<HtmlReport>(); }

}  // namespace loadgate::report
