#pragma once

// A regression against stored runs is said after a second look only: for some seconds a
// machine can be slower than it was in all of them. Main thread.

#include <optional>
#include <vector>

#include "gate/judge.h"
#include "session/measure.h"

namespace loadgate::session {

class ServiceUnderTest;

// What runs are held against.
struct Standard {
  std::optional<gate::Baseline> baseline;
  std::optional<std::vector<metrics::Suspect>> suspects;  // As in RunResult.
};

struct Look {
  metrics::RunResult run;
  gate::Verdict verdict;
};

Look look_once(const plan::Plan& plan, ServiceUnderTest& service, const MeasureOptions& options,
               const Standard& standard);

// Whether `first` found a regression that another run can confirm or not. A run that was
// cut short is no such thing: the plan or the user asked for an end of the load.
bool is_to_be_confirmed(const Look& first, const plan::Plan& plan);

// Runs the plan once more, on a service started again and with the next seed; what comes
// back has heard both runs. It is the second run, unless only the first missed a threshold.
Look look_again(Look first, const plan::Plan& plan, ServiceUnderTest& service,
                const MeasureOptions& options, const Standard& standard);

}  // namespace loadgate::session
