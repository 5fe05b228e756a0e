// What the procedure of a duet promises: thousands of gates on epochs that were never run,
// whose ratios are drawn. Prints the table "What a duet sees" of docs/verdict-rules.md.
//
//   trust_simulate [GATES]      gates for each figure, 1000 without

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <iostream>
#include <string>
#include <vector>

#include "drawn_duet.h"
#include "gate/judge.h"

namespace loadgate::trust {
namespace {

struct Count {
  std::size_t failed = 0, inconclusive = 0;
  std::vector<std::size_t> epochs;
};

Count judged(const gate::DrawnWorld& world, const gate::DrawnFault& fault, std::size_t gates) {
  Count count;
  for (std::size_t i = 0; i < gates; ++i) {
    const metrics::RunResult run = gate::drawn_duet({world, fault, i});
    const gate::Conclusion conclusion = gate::judge(run, std::nullopt).conclusion;
    count.failed += conclusion == gate::Conclusion::regression ? 1 : 0;
    count.inconclusive += conclusion == gate::Conclusion::inconclusive ? 1 : 0;
    count.epochs.push_back(run.duet->epochs.size());
  }
  std::ranges::sort(count.epochs);
  return count;
}

std::string percent(std::size_t of, std::size_t all) {
  return fmt::format("{:.3g} %", 100 * static_cast<double>(of) / static_cast<double>(all));
}

struct Row {
  const char* epochs;
  gate::DrawnWorld world;
};

void print(const Row& row, std::size_t gates) {
  const Count same = judged(row.world, {}, gates);
  const Count slower_p50 = judged(row.world, {.p50 = 1.1}, gates);
  const Count slower_p95 = judged(row.world, {.p95 = 1.2}, gates);
  std::cout << fmt::format("| {:.3g} % / {:.3g} % | {} | {} | {} | {} | {} | {} |\n",
                           100 * row.world.p50, 100 * row.world.p95, row.epochs,
                           percent(same.failed, gates), percent(same.inconclusive, gates),
                           same.epochs[gates / 2], percent(slower_p50.failed, gates),
                           percent(slower_p95.failed, gates))
            << std::flush;
}

void print_table(std::size_t gates) {
  std::cout << "| spread p50 / p95 | epochs | false alarms | inconclusive | median epochs | "
               "p50 +10 % found | p95 +20 % found |\n|---|---|---|---|---|---|---|\n";
  const char* alike = "each like the one before (r = 0.3)";
  const char* bursts = "one in five, by chance, spreads 4 times as much";
  print({"independent", {}}, gates);
  print({"independent", {.p50 = 0.04, .p95 = 0.12}}, gates);
  print({alike, {.correlation = 0.3}}, gates);
  print({alike, {.p50 = 0.04, .p95 = 0.12, .correlation = 0.3}}, gates);
  print({bursts, {.burst_share = 0.2}}, gates);
}

}  // namespace
}  // namespace loadgate::trust

int main(int count, char** words) {
  const std::size_t gates = count > 1 ? std::strtoul(words[1], nullptr, 10) : 1000;
  if (gates == 0) {
    std::cerr << "trust_simulate [GATES]\n";
    return 64;
  }
  loadgate::trust::print_table(gates);
}
