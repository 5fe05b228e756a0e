#pragma once

// What the live page is told, as server-sent events with JSON. Names, details and answers
// are foreign text: valid UTF-8 here, and never HTML there. Pure functions, any thread.
//
//   state     everything, for a page that was just opened or has missed something
//   second    what the last second brought; absolute numbers, so it may be told twice
//   note      a line of progress
//   stopping  the run was asked to stop
//   end       the run is over

#include <optional>
#include <string>
#include <vector>

#include "live/run_so_far.h"
#include "plan/plan.h"

namespace loadgate::live {

// What is known before the run.
struct Outline {
  struct Stage {
    std::string name;
    Nanoseconds from{}, to{};
    bool is_warmup = false;
  };
  std::string plan, target;
  std::vector<std::string> names;  // Of requests, as RunSoFar numbers them.
  std::vector<Stage> stages;       // None: the page draws none.
};
Outline outline_of(const plan::Plan& plan);

// How the run ended, in the words of the reports.
struct End {
  std::string sign, headline, sentence;
  int exit_code = 0;
  std::string report_file;  // As people find it; empty: there is none.
  std::string report_html;  // All of it.
};

// What does not come second by second.
struct Standing {
  std::vector<std::string> notes;
  bool is_stopping = false;
  std::optional<End> end;
};

std::string state_event(const Outline& outline, const RunSoFar& so_far, const Standing& standing);
std::string second_event(const RunSoFar& so_far);  // REQUIRES: so_far.now().
std::string note_event(const std::string& line);
std::string stopping_event();
std::string end_event(const End& end);

}  // namespace loadgate::live
