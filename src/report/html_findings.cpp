#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "report/html_bars.h"
#include "report/html_intervals.h"
#include "report/html_parts.h"
#include "report/wording.h"

namespace loadgate::report {
namespace {

// "×1.14, 9.23 ms"
std::string limit_with_level(const gate::ComparisonFinding& finding) {
  return limit_text(finding) + ", " +
         level_text(finding.metric, gate::level_at(finding, finding.fail_line));
}

// What the two levels of a comparison are called.
struct LevelWords {
  std::string_view base, head;
};

LevelWords level_words(Against against) {
  return against == Against::base_build ? LevelWords{"base", "head"}
                                        : LevelWords{"before", "after"};
}

BarChart chart_of(const gate::ComparisonFinding& finding, const LevelWords& words) {
  BarChart chart;
  chart.bars = {{"base", finding.base}, {"head", finding.head}};
  chart.limit = gate::level_at(finding, finding.fail_line);
  const double one = gate::level_at(finding, finding.change_low);
  const double other = gate::level_at(finding, finding.change_high);
  chart.interval = std::minmax(one, other);
  chart.title = fmt::format("{} of {}: {} {}, {} {}, limit {}", words_for(finding.metric),
                            finding.request, words.base, level_text(finding.metric, finding.base),
                            words.head, level_text(finding.metric, finding.head),
                            level_text(finding.metric, *chart.limit));
  return chart;
}

BarChart chart_of(const gate::ThresholdFinding& finding) {
  BarChart chart;
  chart.bars = {{"head", finding.measured.value_or(0)}};
  chart.limit = finding.limit;
  chart.title =
      fmt::format("{}: measured {}, limit {}", name_of(finding.threshold), measured_text(finding),
                  value_text(finding.threshold.metric, finding.limit));
  return chart;
}

Fields outcome_fields(gate::Outcome outcome) {
  return Fields()
      .text("sign", std::string(sign_of(outcome)))
      .text("word", std::string(word_of(outcome)))
      .text("tone", std::string(tone_of(outcome)));
}

// What is seen first: how much, how sure, and the bars of it.
Fields gist_of(std::string amount, std::string sure, std::vector<Fields> rows, Fields chart) {
  return Fields()
      .text("amount", std::move(amount))
      .text("sure", std::move(sure))
      .list("rows", std::move(rows))
      .list("charts", {std::move(chart)});
}

Fields card_of(const gate::ThresholdFinding& finding) {
  // A limit relative to a baseline is not worked out where there is none.
  const bool is_doubtful = finding.outcome == gate::Outcome::inconclusive;
  const bool has_limit = !(is_doubtful && finding.threshold.relative_to_baseline);
  std::vector<Fields> gists;
  if (finding.measured && has_limit) {
    gists.push_back(gist_of(
        measured_text(finding), "limit " + value_text(finding.threshold.metric, finding.limit),
        {fact("measured", measured_text(finding))}, bar_chart(chart_of(finding))));
  }
  return outcome_fields(finding.outcome)
      .text("title", name_of(finding.threshold))
      .text("stage", finding.stage.empty() ? "all judged stages" : "stage " + finding.stage)
      .text("explanation", is_doubtful ? finding.explanation : "")
      .text("way_out", "")
      .list("gist", std::move(gists))
      .list("facts", {});
}

Fields card_of(const gate::ComparisonFinding& finding, Against against) {
  const LevelWords words = level_words(against);
  Fields card = outcome_fields(finding.outcome);
  std::string way_out = settled_by(finding);
  if (!way_out.empty()) way_out = "What " + way_out + ".";
  std::vector<Fields> facts = {
      fact("limit", limit_with_level(finding)), fact("p (Holm)", p_text(finding.p_adjusted)),
      fact("requests", count_text(finding.requests)),
      fact(std::string(units_title(against)), std::to_string(units_of(finding, against)))};
  // A failure is said by its numbers; doubt needs words.
  const bool is_doubtful = finding.outcome == gate::Outcome::inconclusive;
  return card.text("title", fmt::format("{} of {}", words_for(finding.metric), finding.request))
      .text("stage", against == Against::base_build ? "" : "stage " + finding.stage)
      .text("explanation", is_doubtful ? finding.explanation : "")
      .text("way_out", std::move(way_out))
      .list("gist",
            {gist_of(change_text(finding.metric, finding.change),
                     "95 % interval " + interval_text(finding),
                     {fact(std::string(words.base), level_text(finding.metric, finding.base)),
                      fact(std::string(words.head), level_text(finding.metric, finding.head))},
                     bar_chart(chart_of(finding, words)))})
      .list("facts", std::move(facts));
}

Fields card_of_death(const gate::DuetInfo& duet) {
  return outcome_fields(gate::Outcome::fail)
      .text("title", "head stays up under load")
      .text("stage", "")
      .text("explanation", death_text(duet))
      .text("way_out", "")
      .list("gist", {})
      .list("facts", {});
}

Fields threshold_row(const gate::ThresholdFinding& finding) {
  return outcome_fields(finding.outcome)
      .text("name", name_of(finding.threshold))
      .text("stage", finding.stage.empty() ? "all judged" : finding.stage)
      .text("measured", measured_text(finding))
      .flag("aborts", finding.threshold.aborts);
}

Fields comparison_row(const gate::ComparisonFinding& finding, Against against) {
  // Of these nothing is known but that they are: a sign would say too much.
  const bool is_shown = finding.weight == gate::Weight::shown;
  const bool is_of_head = finding.cause == gate::Cause::only_head_knows;
  const bool is_refused = finding.cause == gate::Cause::neither_answers;
  const char* unjudged = is_of_head || is_refused ? "not compared" : "not judged";
  Fields row = is_shown ? Fields().text("sign", "–").text("word", unjudged).text("tone", "quiet")
                        : outcome_fields(finding.outcome);
  return row.text("request", finding.request)
      .text("stage", finding.stage)
      .text("metric", std::string(words_for(finding.metric)))
      .text("base", is_of_head ? "–" : level_text(finding.metric, finding.base))
      .text("head", level_text(finding.metric, finding.head))
      .text("change", is_shown ? "–" : change_text(finding.metric, finding.change))
      .text("interval", is_shown ? "–" : interval_text(finding))
      .text("limit", is_shown ? "–" : limit_text(finding))
      .flag("has_stage", against == Against::stored_runs)
      .list("drawn", is_shown ? std::vector<Fields>() : std::vector<Fields>{interval_bar(finding)})
      .text("weight", finding.weight == gate::Weight::watched ? "watched" : "");
}

constexpr std::size_t kMostCards = 5;  // At once; the others are a click away.

// All are at hand where they are few.
constexpr std::size_t kFewComparisons = 12;

bool needs_card(const gate::ComparisonFinding& finding) {
  if (finding.outcome == gate::Outcome::fail) return true;
  return finding.outcome == gate::Outcome::inconclusive && finding.weight == gate::Weight::deciding;
}

struct Cards {
  std::vector<Fields> failed, undecided;

  void add(gate::Outcome outcome, Fields card) {
    (outcome == gate::Outcome::fail ? failed : undecided).push_back(std::move(card));
  }
};

Cards cards_of(const gate::Verdict& verdict) {
  const Against against = against_of(verdict);
  Cards cards;
  if (verdict.duet && !death_text(*verdict.duet).empty()) {
    cards.failed.push_back(card_of_death(*verdict.duet));
  }
  // Where both failed the headline says regression.
  for (const gate::ComparisonFinding& finding : verdict.comparisons) {
    if (needs_card(finding)) cards.add(finding.outcome, card_of(finding, against));
  }
  for (const gate::ThresholdFinding& finding : verdict.thresholds) {
    if (finding.outcome != gate::Outcome::pass) cards.add(finding.outcome, card_of(finding));
  }
  return cards;
}

// The first few at once; behind failures what is undecided waits until it is asked for.
void add_cards(Fields& page, const gate::Verdict& verdict) {
  Cards cards = cards_of(verdict);
  const bool is_only_undecided = cards.failed.empty() && !cards.undecided.empty();
  if (is_only_undecided) cards.failed.swap(cards.undecided);
  std::vector<Fields> more;
  for (std::size_t i = kMostCards; i < cards.failed.size(); ++i) {
    more.push_back(std::move(cards.failed[i]));
  }
  if (!more.empty()) cards.failed.resize(kMostCards);
  const char* others = is_only_undecided ? "undecided" : "that failed";
  const char* title = !verdict.reasons.empty() ? "What was measured"
                      : cards.failed.empty()   ? "What was judged"
                      : is_only_undecided      ? "What is undecided"
                                               : "What failed";
  page.text("findings_title", title)
      .text("more_title", fmt::format("{} more {}", more.size(), others))
      .text("undecided_title", fmt::format("{} undecided", cards.undecided.size()));
  page.list("cards", std::move(cards.failed))
      .list("more", std::move(more))
      .list("undecided", std::move(cards.undecided));
}

}  // namespace

std::string_view tone_of(gate::Outcome outcome) {
  if (outcome == gate::Outcome::pass) return "good";
  return outcome == gate::Outcome::fail ? "bad" : "doubtful";
}

void add_findings(Fields& page, const gate::Verdict& verdict) {
  const Against against = against_of(verdict);
  const LevelWords words = level_words(against);
  add_cards(page, verdict);
  page.flag("opens_comparisons", verdict.comparisons.size() <= kFewComparisons)
      .flag("has_legend", std::ranges::any_of(verdict.comparisons, needs_card))
      .text("comparisons_title", count_of(verdict.comparisons.size(), "comparison"))
      .text("opponent", std::string(opponent_of(against)))
      .text("base_word", std::string(words.base))
      .text("head_word", std::string(words.head))
      .list("thresholds", parts_of(verdict.thresholds, threshold_row))
      .list("comparisons",
            parts_of(verdict.comparisons, [&](const gate::ComparisonFinding& finding) {
              return comparison_row(finding, against);
            }));
}

}  // namespace loadgate::report
