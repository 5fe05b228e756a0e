#pragma once

// What `loadgate noise` found out, on standard output. Pure.

#include <string>

#include "gate/noise_study.h"
#include "metrics/duet.h"
#include "report/console_report.h"

namespace loadgate::report {

std::string render_noise(const gate::NoiseStudy& study, const metrics::Duet& duet,
                         const ConsoleStyle& style);

}  // namespace loadgate::report
