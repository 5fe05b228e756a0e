"""What a run leaves behind: the same bytes again, readable by others, safe to open."""

import subprocess

import pytest
from junitparser import JUnitXml
from plans import steady
from support.loadgate import PASSED, THRESHOLD_MISSED

FILES = ["junit.xml", "metrics.txt", "report.html", "result.json", "summary.md", "table.csv"]

MIXED = """
name: mixed
target: http://127.0.0.1:1
stages:
  - { name: steady, for: 2s, users: 4 }
scenarios:
  - name: visitor
    wait: 20ms
    tasks:
      - get: /small.txt
      - get: /broken
thresholds:
  - p95 < 1s
  - error_rate < 1%
"""


@pytest.fixture
def missed(loadgate, nginx):
    outcome = loadgate.run("run", loadgate.plan(MIXED), "--host", nginx.url)
    assert outcome.code == THRESHOLD_MISSED, str(outcome)
    return outcome


def test_a_stored_result_is_reported_again_byte_for_byte(loadgate, missed):
    again = loadgate.folder / "again"
    outcome = loadgate.run("report", loadgate.out / "result.json", "--out", again)
    assert outcome.seconds < 1, str(outcome)
    assert sorted(file.name for file in again.iterdir()) == FILES
    for name in FILES:
        assert (again / name).read_bytes() == (loadgate.out / name).read_bytes(), name


def test_junit_is_read_by_others(loadgate, missed):
    file = loadgate.out / "junit.xml"
    subprocess.run(["xmllint", "--noout", file], check=True, timeout=10)
    report = JUnitXml.fromfile(str(file))
    cases = {case.name: case for suite in report for case in suite}
    assert not cases["p95 < 1s"].result
    [failure] = cases["error_rate < 1%"].result
    assert failure.type == "threshold"


def test_text_of_the_server_stays_text(loadgate, missed):
    """nginx's broken page tries to be markup and a terminal command."""
    html = (loadgate.out / "report.html").read_text()
    assert "out of order" in html
    assert "<b>out" not in html
    assert "\x1b" not in missed.stdout + missed.stderr


def test_a_passed_run_says_so_everywhere(loadgate, nginx):
    outcome = loadgate.run("run", loadgate.plan(steady()), "--host", nginx.url)
    assert outcome.code == PASSED, str(outcome)
    assert "passed" in outcome.stdout.lower()
    assert loadgate.result()["verdict"]["conclusion"] == "passed"
    assert "<failure" not in (loadgate.out / "junit.xml").read_text()
