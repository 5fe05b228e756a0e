"""Stored histograms are HdrHistogram V2: another implementation reads ours, we read its."""

import json
import math
import random
import shutil
import subprocess

import pytest
from support.loadgate import REPO, binary

PACKAGE = REPO / "tests/node_modules/hdr-histogram-js"
SECOND, HOUR = 10**9, 3600 * 10**9

# Counts of which every percentile is a whole number of values: implementations round
# other ranks differently.
draw = random.Random(2026)
VALUES = {
    "one value": [8_123_456] * 1000,
    "both ends": [1] * 500 + [HOUR] * 500,
    "linear bins": [draw.randrange(1, 2048) for _ in range(1000)],
    "a service": [int(8e6 * math.exp(draw.gauss(0, 0.6))) for _ in range(100_000)],
    "every decade": [int(10 ** draw.uniform(3, 12.5)) for _ in range(20_000)],
}


def ours(mode, items):
    exchange = binary().parent / "tests/unit/metrics/histogram_exchange"
    return _answers([exchange, mode], items)


def theirs(script, items):
    if not shutil.which("node"):
        pytest.skip("node is not installed")
    if not PACKAGE.exists():
        pytest.skip("hdr-histogram-js is not installed: run npm install in tests/")
    return _answers(["node", REPO / "tests/support" / script], items)


def _answers(command, items):
    run = subprocess.run(
        command, input=json.dumps(items), capture_output=True, text=True, timeout=60
    )
    assert run.returncode == 0, run.stderr
    return json.loads(run.stdout)


def same_bin(one, other):
    return abs(one - other) <= other / 1000


def exact_percentile(values, percentile):
    rank = max(1, math.ceil(len(values) * percentile / 100 - 1e-9))
    return sorted(values)[rank - 1]


def check(found, values):
    assert found["count"] == len(values)
    assert same_bin(found["min"], min(values))
    assert same_bin(found["max"], max(values))
    assert same_bin(found["mean"], sum(values) / len(values))
    for percentile, value in found["percentiles"].items():
        assert same_bin(value, exact_percentile(values, float(percentile))), percentile


@pytest.mark.parametrize("mode", ["encode", "pack"])
def test_another_implementation_reads_ours(mode):
    encoded = ours(mode, list(VALUES.values()))
    for values, found in zip(VALUES.values(), theirs("decode_histograms.mjs", encoded)):
        check(found, values)


def test_we_read_anothers():
    asked = [{"values": values, "digits": 3} for values in VALUES.values()]
    encoded = theirs("encode_histograms.mjs", asked)
    for values, found in zip(VALUES.values(), ours("decode", encoded)):
        check(found, values)


def test_both_write_the_same_counts():
    """Not the same bytes: zlib's are the library's own."""
    asked = [{"values": values, "digits": 3} for values in VALUES.values()]
    foreign = ours("decode", theirs("encode_histograms.mjs", asked))
    own = ours("decode", ours("encode", list(VALUES.values())))
    assert foreign == own


def test_other_precisions_are_refused():
    asked = [{"values": [SECOND], "digits": digits} for digits in (1, 2, 4)]
    found = ours("decode", theirs("encode_histograms.mjs", asked))
    assert [answer["error"] for answer in found] == [
        f"a foreign histogram: {digits} significant digits, not 3" for digits in (1, 2, 4)
    ]


def test_an_empty_histogram_is_empty_for_both():
    encoded = ours("encode", [[]])
    assert theirs("decode_histograms.mjs", encoded)[0]["count"] == 0
    foreign = theirs("encode_histograms.mjs", [{"values": [], "digits": 3}])
    assert ours("decode", foreign)[0]["count"] == 0
