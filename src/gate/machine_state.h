#pragma once

// How the machine was while a run was made, beside how it was in the stored runs. Pure,
// inside gate only.

#include <optional>
#include <string>
#include <vector>

#include "gate/comparison_case.h"
#include "metrics/run_digest.h"

namespace loadgate::gate {

struct MachineState {
  bool was_stolen_from = false;  // Other guests of the host took a good part of its CPU time.
  // Of a machine clearly slower at the control's fixed work than around each stored run.
  struct Slower {
    double factor = 0;    // Beside the slowest of them.
    double explains = 0;  // So large a rise of times, as a logarithm, may be its doing.
  };
  std::optional<Slower> slower;
  // Tasks waited for a CPU for a far greater share of time than in any stored run.
  std::optional<double> pressure;

  std::string remark() const;  // A sentence; empty where all was as usual.
};

MachineState state_of(const metrics::RunDigest& head,
                      const std::vector<const metrics::RunDigest*>& stored);

// Takes back what the machine's state may have made of times and throughput, and of CPU time
// where it computed slower. Errors stay, and nothing becomes a pass.
void guard(Case& one, const MachineState& state);

}  // namespace loadgate::gate
