#pragma once

// Failures among requests: how much they vary, and what two counts say of each other
// (verdict-rules.md, "Errors"). Pure functions, inside gate only.

#include <vector>

namespace loadgate::gate {

struct Counts {
  double failures = 0, requests = 0;
  double rate() const { return requests > 0 ? failures / requests : 0; }
};

Counts sum_of(const std::vector<Counts>& counts);

// How much more the counts of units vary than independent failures would: the
// variance-to-mean ratio, as Pearson's X² ÷ (K - 1) so that units may differ in size. At
// least 1.
double overdispersion(std::vector<Counts> counts);

// Half the width of the 95 % interval of the difference of two shares, from Agresti and
// Coull's (1998) adjusted counts: not zero where no request failed.
double agresti_coull_reach(const Counts& head, const Counts& base, double dispersion);

// P(head gets this many of all failures), were both equally good.
double share_p(const Counts& head, const Counts& base, double dispersion);

// The smallest error rate of so many requests whose share_p() is at most `level`; 1
// where none is.
double smallest_significant_rate(double head_requests, const Counts& base, double dispersion,
                                 double level);

}  // namespace loadgate::gate
