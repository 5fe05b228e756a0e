"""Rates with their limits, Markdown tables, and their place in docs/trust.md."""

import json

from scipy.stats import beta

import trust

DOCUMENT = trust.REPO / "docs" / "trust.md"


def clopper_pearson(hits, trials, confidence=0.95):
    """Exact limits of a share (Clopper and Pearson 1934)."""
    tail = (1 - confidence) / 2
    low = 0.0 if hits == 0 else beta.ppf(tail, hits, trials - hits + 1)
    high = 1.0 if hits == trials else beta.ppf(1 - tail, hits + 1, trials - hits)
    return low, high


def rate(hits, trials):
    if trials == 0:
        return "–"
    low, high = clopper_pearson(hits, trials)
    return f"{100 * hits / trials:.1f} % ({100 * low:.1f} to {100 * high:.1f})"


def lines(text):
    return [json.loads(line) for line in text.splitlines()]


def share(gates, conclusion):
    return rate(sum(gate["conclusion"] == conclusion for gate in gates), len(gates))


def table(head, rows):
    return "\n".join(["| " + " | ".join(head) + " |", "|" + " --- |" * len(head)] +
                     ["| " + " | ".join(map(str, row)) + " |" for row in rows]) + "\n"


def write(script, text):
    """Between the marks of that script."""
    begin = f"<!-- tables: written by bench/trust/{script} -->\n"
    before, rest = DOCUMENT.read_text().split(begin)
    _, end, after = rest.partition("<!-- end of the tables -->")
    DOCUMENT.write_text(f"{before}{begin}\n{text}\n{end}{after}")
