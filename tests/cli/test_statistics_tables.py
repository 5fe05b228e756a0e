"""The table the gate's formulas are tested against is what scipy says today."""

import subprocess
from pathlib import Path

import pytest

pytest.importorskip("scipy")

GATE_TESTS = Path(__file__).resolve().parents[1] / "unit" / "gate"


def numbers_apart(text):
    """Each line as words, numbers as numbers: the last digits differ between versions."""
    return [[float(word) if word[-1].isdigit() else word for word in line.split()]
            for line in text.splitlines() if not line.startswith("#")]


def test_checked_in_table_is_what_scipy_computes():
    made = subprocess.run(["/usr/bin/python3", "-B", GATE_TESTS / "make_tables.py", "--print"],
                          capture_output=True, text=True, check=True, timeout=60).stdout
    stored = (GATE_TESTS / "statistics.txt").read_text()
    for mine, theirs in zip(numbers_apart(made), numbers_apart(stored), strict=True):
        assert mine[0] == theirs[0]
        assert [word for word in mine if isinstance(word, float)] == pytest.approx(
            [word for word in theirs if isinstance(word, float)], rel=1e-9, abs=0), mine[0]
