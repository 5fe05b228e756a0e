#pragma once

// What a user holds that no output may show. Built for kept samples only. Pure functions.

#include <span>
#include <string>
#include <vector>

#include "plan/plan.h"

namespace loadgate::load {

// Values of the plan's secret slots, and secret fields of the rows in hand.
std::vector<std::string> secrets_of(const plan::Plan& plan, std::span<const plan::Value> variables,
                                    std::span<const plan::Row* const> rows);

// What Authorization and Proxy-Authorization lines carry, which a service may repeat in
// its answer.
void add_credentials(const std::vector<std::string>& header_lines,
                     std::vector<std::string>& secrets);

}  // namespace loadgate::load
