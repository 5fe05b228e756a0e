#pragma once

// The maker of each format, defined in the format's own file; listed in report.cpp.

#include <memory>

#include "report/report.h"

namespace loadgate::report {

std::unique_ptr<Report> make_json_report();
std::unique_ptr<Report> make_junit_report();
std::unique_ptr<Report> make_html_report();

}  // namespace loadgate::report
