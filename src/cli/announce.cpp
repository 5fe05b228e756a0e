#include "cli/announce.h"

#include <string_view>

#include "cli/github_log.h"
#include "gate/verdict.h"
#include "report/console_report.h"

namespace loadgate::cli {
namespace {

// The same JSON, without what GitHub's runner would take for an order.
std::string without_orders(std::string json) {
  constexpr std::string_view kOrder = "##[";
  for (std::size_t i = 0; (i = json.find(kOrder, i)) != std::string::npos;) {
    json.replace(i + 1, 1, "\\u0023");
  }
  return json;
}

void print_page(const gate::Summary& summary, const std::vector<std::string>& paths,
                const Terminal& terminal) {
  const std::string page = report::render_console(summary, paths, terminal.style());
  if (terminal.github != nullptr) {
    terminal.github->print(page);
  } else {
    terminal.out << page;
  }
}

// Standard output is the program's that reads it; people read the page beside it.
void print_json(const gate::Summary& summary, const std::vector<std::string>& paths,
                const Terminal& terminal) {
  std::ostream& out = terminal.github == nullptr ? terminal.out : terminal.github->data();
  out << without_orders(gate::to_json(summary.verdict)) << std::flush;
  if (terminal.is_quiet) return;
  report::ConsoleStyle style = terminal.style();
  style.folds = false;
  terminal.err << report::render_console(summary, paths, style) << std::flush;
}

}  // namespace

void announce(const gate::Summary& summary, const std::vector<std::string>& paths,
              OutputFormat format, const Terminal& terminal) {
  const bool is_json = format == OutputFormat::json;
  if (is_json) {
    print_json(summary, paths, terminal);
  } else {
    print_page(summary, paths, terminal);
  }
  if (terminal.github == nullptr) return;
  const std::string trouble = terminal.github->tell(
      summary, paths, is_json ? GithubLog::Lines::err : GithubLog::Lines::out);
  if (!trouble.empty()) terminal.complain(trouble);
}

}  // namespace loadgate::cli
