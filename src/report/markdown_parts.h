#pragma once

// The parts of the Markdown report; each adds one to the page. Inside report only.

#include <string>
#include <vector>

#include "gate/summary.h"
#include "report/markdown_page.h"
#include "report/markdown_text.h"

namespace loadgate::report {

inline constexpr std::size_t kLongestMarkdownName = 200;
inline constexpr std::size_t kLongestMarkdownSentence = 1000;

inline std::string name_in_markdown(std::string_view foreign) {
  return markdown_text(foreign, kLongestMarkdownName);
}
inline std::string sentence_in_markdown(std::string_view foreign) {
  return markdown_text(foreign, kLongestMarkdownSentence);
}

// Lists the sentences, each with `sign` before it.
void add_sentences(MarkdownPage& page, std::string_view sign,
                   const std::vector<std::string>& sentences);

void add_thresholds(MarkdownPage& page, const std::vector<gate::ThresholdFinding>& findings);
// What the run was compared with: stored runs or the base build.
void add_against(MarkdownPage& page, const gate::Summary& summary);

void add_requests(MarkdownPage& page, const gate::Summary& summary);
void add_services(MarkdownPage& page, const gate::Summary& summary);
void add_failures(MarkdownPage& page, const std::vector<gate::FailureRow>& failures);

}  // namespace loadgate::report
