#pragma once

// How the machine was while a run was made, beside how it was in the stored runs. Pure,
// inside gate only.

#include <optional>
#include <string>
#include <vector>

#include "gate/verdict.h"
#include "metrics/run_digest.h"

namespace loadgate::gate {

struct MachineState {
  bool was_stolen_from = false;  // Other guests of the host took a good part of its CPU time.
  // So many times slower at the control's fixed work than around the slowest stored run;
  // nothing where it was not clearly so.
  std::optional<double> slower;
  // Tasks waited for a CPU for a far greater share of time than in any stored run.
  std::optional<double> pressure;

  std::string remark() const;  // A sentence; empty where all was as usual.
};

MachineState state_of(const metrics::RunDigest& head,
                      const std::vector<const metrics::RunDigest*>& stored);

// Takes back what the machine's state may have made of times and throughput. CPU and errors
// stay, and nothing becomes a pass.
void guard(ComparisonFinding& finding, const MachineState& state);

}  // namespace loadgate::gate
