#include "report/noise_report.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/units.h"
#include "gate/duet_looks.h"
#include "report/console_page.h"

namespace loadgate::report {
namespace {

std::string share_of(int count, int all) {
  return format_share(static_cast<double>(count) / std::max(1, all));
}

std::string plan_line(const std::vector<gate::Proposal>& proposals) {
  std::string text = "gate: { detect: { duet: {";
  std::string_view comma = " ";
  for (const gate::Proposal& one : proposals) {
    text += fmt::format("{}{}: {:.0f}%", std::exchange(comma, ", "), name_of(one.metric),
                        one.proposed * 100);
  }
  return text + " } } }";
}

void write_gates(Page& page, const gate::NoiseStudy& study) {
  page.sentence(fmt::format(
      "{} gates drawn from {} epochs of one build against itself: {} failed ({}), {} were "
      "inconclusive ({}); half of them were over after {:.0f} epochs.",
      count_text(static_cast<std::uint64_t>(study.gates)), study.epochs, study.failed,
      share_of(study.failed, study.gates), study.inconclusive,
      share_of(study.inconclusive, study.gates), study.median_epochs));
  page.sentence(fmt::format(
      "False alarms, as far as so few epochs can tell: {} to {} of gates (95 % limits). "
      "More --epochs make that narrower.",
      format_share(study.fail_low), format_share(study.fail_high)));
}

void write_noise(Page& page, const gate::NoiseStudy& study) {
  page.heading("What differs between two runs of one build");
  TextTable table({{"request", Align::left},
                   {"metric", Align::left},
                   {"level", Align::right},
                   {"an epoch", Align::right},
                   {"sees", Align::right}},
                  0);
  for (const gate::NoiseOf& one : study.noise) {
    if (one.weight == gate::Weight::shown) continue;
    table.add({{shown(one.request)},
               {std::string(words_for(one.metric))},
               {level_text(one.metric, one.base)},
               {"± " + format_share(one.spread)},
               {change_text(one.metric, one.sees)}});
  }
  page.table(table);
  page.sentence(
      fmt::format("\"an epoch\": the spread of the difference in one epoch; \"sees\": the "
                  "smallest rise that {} epochs fail.",
                  gate::kMostEpochs));
}

void write_proposals(Page& page, const std::vector<gate::Proposal>& proposals) {
  if (proposals.empty()) return;
  page.heading("What this plan can ask for on this machine");
  for (const gate::Proposal& one : proposals) {
    page.sentence(fmt::format(
        "{}: {:.0f} % ({})", words_for(one.metric), one.proposed * 100,
        one.proposed <= one.now ? fmt::format("the plan's {:.0f} % is within reach", one.now * 100)
                                : fmt::format("the plan says {:.0f} %, which would often be "
                                              "inconclusive here",
                                              one.now * 100)));
  }
  page.sentence(plan_line(proposals));
}

}  // namespace

std::string render_noise(const gate::NoiseStudy& study, const metrics::Duet& duet,
                         const ConsoleStyle& style) {
  Page page{style.color,
            std::max(static_cast<std::size_t>(std::max(style.width, 0)), kNarrowestTerminal),
            {}};
  page.text += painted("Noise", Tone::strong, page.color) +
               fmt::format(": {} epochs of {}, {}/s for each side\n", study.epochs,
                           format_duration(duet.epoch_length), rate_text(duet.rate));
  write_gates(page, study);
  write_noise(page, study);
  write_proposals(page, study.proposals);
  return page.text;
}

}  // namespace loadgate::report
