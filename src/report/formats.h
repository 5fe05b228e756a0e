#pragma once

// The maker of each format, defined in the format's own file; listed in report.cpp.

#include <memory>

#include "report/report.h"

namespace loadgate::report {

std::unique_ptr<Report> make_json_report();
std::unique_ptr<Report> make_junit_report();
std::unique_ptr<Report> make_html_report();
std::unique_ptr<Report> make_markdown_report();
std::unique_ptr<Report> make_csv_report();
std::unique_ptr<Report> make_openmetrics_report();

}  // namespace loadgate::report
