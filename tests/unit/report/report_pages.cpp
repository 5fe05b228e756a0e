// report_pages FOLDER: the HTML reports of all sample cases and of a run of two hours, for
// tests that open them in a browser.

#include <filesystem>
#include <iostream>
#include <string>

#include "base/file.h"
#include "gate/judge.h"
#include "report/report.h"
#include "support/sample_cases.h"
#include "support/sample_duet.h"
#include "support/sample_long_run.h"

namespace {

using namespace loadgate;

bool write_page(const std::filesystem::path& folder, const std::string& name,
                const gate::Summary& summary) {
  const metrics::RunResult run;
  const std::string html = report::make_report("html")->render({&run, &summary});
  return write_file(folder / (name + ".html"), html).has_value();
}

bool write_page(const std::filesystem::path& folder, const std::string& name,
                const metrics::RunResult& run) {
  return write_page(folder, name, gate::summarize(run, gate::judge(run, std::nullopt)));
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) {
    std::cerr << "usage: report_pages FOLDER\n";
    return 64;
  }
  const std::filesystem::path folder = argv[1];
  bool is_written = write_page(folder, "two-hours", support::sample_long_run());
  is_written =
      write_page(folder, "made-duet", support::sample_duet({.slowdown = 1.4})) && is_written;
  for (const support::SampleCase& sample : support::sample_cases()) {
    is_written = write_page(folder, sample.name, sample.summary) && is_written;
  }
  return is_written ? 0 : 1;
}
