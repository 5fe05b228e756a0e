#!/usr/bin/python3
"""Writes statistics.txt: what scipy says about the formulas of src/gate/statistics.cpp.

Each line is a formula, its arguments, a bar, the results. Run it again after a change
of the cases; tests/cli/test_statistics_tables.py compares it with the file checked in.
"""

import random
import sys
from pathlib import Path

import numpy
from scipy import optimize, special, stats

TABLE = Path(__file__).with_name("statistics.txt")


def line(name, arguments, results):
    write = lambda values: " ".join(repr(float(value)) for value in values)
    return f"{name} {write(arguments)} | {write(results)}"


def quantile(distribution, p):
    """Where the distribution function is p. scipy's own ppf of Student's t is only good to
    nine digits; its sf is good to fifteen."""
    return optimize.brentq(lambda x: distribution.sf(x) - (1 - p), 0, 1e5, xtol=1e-14, rtol=1e-14)


def tails_and_quantiles():
    for degrees in (1, 2, 3, 4, 9, 13, 20, 23, 39):
        for t in (-3.5, -0.7, 0.0, 0.3, 1.0, 2.5, 4.2, 9.0, 40.0):
            yield line("t_upper_tail", (t, degrees), [stats.t.sf(t, degrees)])
        for p in (0.6, 0.9, 0.975, 0.99, 0.9995, 0.99999):
            yield line("t_quantile", (p, degrees), [quantile(stats.t(degrees), p)])
    for numerator in (1, 4, 9, 19):
        for p in (0.05, 0.5, 0.95):
            yield line("f_quantile", (p, numerator, 4), [quantile(stats.f(numerator, 4), p)])


def binomials():
    for trials in (1, 7, 40, 1200, 100000):
        for share in (0.0476, 0.0909, 0.5, 0.9):
            for successes in sorted({0, 1, trials // 3, trials // 2, trials}):
                yield line("binomial_upper_tail", (successes, trials, share),
                           [stats.binom.sf(successes - 1, trials, share)])
    # Counts divided by an overdispersion: the regularised incomplete beta function, which
    # DLMF 8.17.5 gives as the binomial tail for whole numbers.
    for successes, trials, share in ((2.5, 9.25, 0.1), (0.4, 0.4, 0.5), (13.7, 100.1, 0.0909)):
        yield line("binomial_upper_tail", (successes, trials, share),
                   [special.betainc(successes, trials - successes + 1, share)])


def exact_limits():
    for successes, trials in ((0, 1), (0, 300), (1, 1), (3, 60), (57, 60), (150, 3000)):
        limits = stats.binomtest(successes, trials).proportion_ci(0.95, method="exact")
        yield line("clopper_pearson", (successes, trials, 0.95), [limits.low, limits.high])


def holm(p_values):
    """S. Holm (1979), A simple sequentially rejective multiple test procedure, written
    as the definition of an adjusted p: the smallest level at which step-down rejects."""
    def rejected(level):
        left = sorted(p_values)
        out = 0
        while out < len(left) and left[out] * (len(left) - out) <= level:
            out += 1
        return set(left[:out])

    levels = sorted({min(1.0, p * factor) for p in p_values
                     for factor in range(1, len(p_values) + 1)})
    return [next((level for level in levels if p in rejected(level)), 1.0) for p in p_values]


def holms(draw):
    for count in (1, 2, 5, 20):
        p_values = [draw.random() ** 4 for _ in range(count)]
        yield line("holm", p_values, holm(p_values))
    yield line("holm", (0.01, 0.01, 0.5, 0.002), holm((0.01, 0.01, 0.5, 0.002)))


def moderated(variances, degrees):
    """The common variance as verdict-rules.md has it, by numpy's median and scipy's F."""
    if len(variances) < 5:
        return list(variances), degrees
    middle = stats.f.ppf(0.5, degrees, 4)
    results = []
    for own, variance in enumerate(variances):
        common = numpy.median(numpy.delete(variances, own)) / middle
        results.append((4 * common + degrees * variance) / (4 + degrees))
    return results, degrees + 4


def moderations(draw):
    for count in (1, 4, 5, 6, 22):
        for degrees in (4, 9, 19):
            variances = [0.03**2 * draw.gammavariate(degrees / 2, 2 / degrees)
                         for _ in range(count)]
            results, total = moderated(variances, degrees)
            yield line("moderate", [degrees, *variances], [total, *results])


def prediction_limits(draw):
    """The upper limit for one further value of a sample of K: mean + t·s·√(1 + 1/K), with
    s and K - 1 degrees. Found by numpy from the definition, not from our own formula."""
    for units in (5, 10, 20):
        sample = [draw.gauss(2.1, 0.08) for _ in range(units)]
        spread = numpy.std(sample, ddof=1)

        def coverage(limit):
            t = (limit - numpy.mean(sample)) / (spread * numpy.sqrt(1 + 1 / units))
            return stats.t.cdf(t, units - 1) - 0.975

        limit = optimize.brentq(coverage, 0, 10, xtol=1e-13, rtol=1e-14)
        yield line("prediction_limit", sample, [limit])


def paired_differences(draw):
    """One-sided paired t test and the upper end of the two-sided 95 % interval."""
    for units, rise in ((6, 0.0), (6, 0.09), (10, 0.04), (14, -0.03), (20, 0.02)):
        sample = [draw.gauss(rise, 0.05) for _ in range(units)]
        test = stats.ttest_1samp(sample, 0, alternative="greater")
        upper = stats.ttest_1samp(sample, 0).confidence_interval(0.95).high
        yield line("paired_differences", sample, [test.pvalue, upper])


def table():
    draw = random.Random(20261122)
    lines = ["# Made by make_tables.py with scipy; not to be edited."]
    for part in (tails_and_quantiles(), binomials(), exact_limits(), holms(draw), moderations(draw),
                 prediction_limits(draw), paired_differences(draw)):
        lines += part
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    if "--print" in sys.argv:
        print(table(), end="")
    else:
        TABLE.write_text(table())
