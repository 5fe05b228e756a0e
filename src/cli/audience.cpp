#include "cli/audience.h"

#include <atomic>

#include "base/file.h"
#include "cli/load_session.h"
#include "process/signals.h"
#include "report/wording.h"

namespace loadgate::cli {
namespace {

// A page that is open loads the report within tens of milliseconds; one in a laptop that
// sleeps never does.
constexpr Nanoseconds kPatience = std::chrono::seconds(5);

constexpr const char* kHtml = "report.html";

// The words of the report, without saying the headline twice.
live::End end_of(const gate::Verdict& verdict, ExitCode code) {
  live::End end{.sign = std::string(report::sign_of(verdict.conclusion)),
                .headline = std::string(report::headline_of(verdict.conclusion)),
                .sentence = verdict.sentence,
                .exit_code = static_cast<int>(code),
                .report_file = {},
                .report_html = {}};
  const std::string opening = end.headline + ": ";
  if (end.sentence.starts_with(opening)) end.sentence.erase(0, opening.size());
  return end;
}

}  // namespace

Audience::Audience(const Terminal& terminal)
    : terminal_(terminal), line_(progress_line(terminal)) {}

bool Audience::open_page(const std::optional<server::Endpoint>& endpoint, live::Outline outline) {
  if (!endpoint) return true;
  process::watch_stop_signals();  // Before the page has a thread.
  auto page = live::LivePage::open(*endpoint, std::move(outline), process::request_stop);
  if (!page) {
    terminal_.complain(page.error().text +
                       "; choose another one, as in --live :8090, or --live :0 for any free port");
    return false;
  }
  page_ = std::move(*page);
  // Also where it is quiet: nobody could guess the token.
  terminal_.err << "live page: " << page_->url() << '\n';
  if (!endpoint->is_loopback()) {
    terminal_.err << "  others reach it too, under this machine's name, if they know the token\n";
  }
  terminal_.err << std::flush;
  return true;
}

void Audience::progress(const load::Progress& now) {
  if (line_) line_->progress(now);
  if (page_) page_->progress(now);
}

void Audience::say(const std::string& line) {
  terminal_.say(line);
  if (page_) page_->note(line);
}

void Audience::see_out(const session::JudgedRun& judged, const std::filesystem::path& out,
                       ExitCode code) {
  if (!page_) return;
  live::End end = end_of(judged.summary.verdict, code);
  Result<std::string> html =
      judged.trouble.empty() ? read_file(out / kHtml) : failure(judged.trouble);
  if (html) {
    end.report_file = whole_path(out / kHtml);
    end.report_html = std::move(*html);
  } else {
    end.sentence += " " + html.error().text;
  }
  see_out(std::move(end));
}

void Audience::see_out(const std::string& complaint, ExitCode code) {
  if (!page_) return;
  see_out({.sign = "!",
           .headline = "Nothing was sent",
           .sentence = complaint,
           .exit_code = static_cast<int>(code),
           .report_file = {},
           .report_html = {}});
}

void Audience::see_out(live::End end) {
  terminal_.out << std::flush;  // Before any wait.
  // All is written: Ctrl-C now means that nobody wants to wait for a page.
  const std::atomic<int>& stops = process::watch_stop_signals();
  const int before = stops;
  page_->end(std::move(end));
  page_->wait_for_readers(kPatience, [&] { return stops != before; });
}

}  // namespace loadgate::cli
