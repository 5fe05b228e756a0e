"""A regression against stored runs is said after two runs, or two machines, that show it."""

import json
import shutil
import sys

import pytest
from support.loadgate import (
    BAD_INPUT,
    INCONCLUSIVE,
    PASSED,
    REGRESSION,
    REPO,
    THRESHOLD_MISSED,
    Loadgate,
)

PLAN = f"""
name: moody
start:
  command: {sys.executable} {REPO}/tests/support/moody.py {{count}}
ready: {{{{ get: / }}}}
stages:
  - {{{{ name: steady, for: 2s, users: {{users}} }}}}
scenarios:
  - name: visitor
    tasks:
      - get: /
thresholds:
  - {{threshold}}
"""
RECORDED = 5


class Moody:
    """A plan whose service is slow in the starts that a run is told, counted from its first."""

    def __init__(self, loadgate):
        self._loadgate = loadgate
        self._count = loadgate.folder / "starts"
        self.plan = self.write()

    def write(self, users=8, threshold="error_rate < 1%"):
        return self._loadgate.plan(PLAN.format(count=self._count, users=users, threshold=threshold))

    def record(self):
        recorded = self._loadgate.run("baseline", "record", self.plan, "--runs", RECORDED)
        assert recorded.code == PASSED, str(recorded)

    def run(self, slow, *flags):
        self._count.write_text("0")
        return self._loadgate.run("run", self.plan, *flags, env={"SLOW_STARTS": slow})

    def starts(self):
        return int(self._count.read_text())


@pytest.fixture(scope="module")
def baselines(tmp_path_factory):
    folder = tmp_path_factory.mktemp("moody")
    Moody(Loadgate(folder)).record()
    return folder / "baselines"


@pytest.fixture
def moody(loadgate, baselines):
    shutil.copytree(baselines, loadgate.folder / "baselines")
    return Moody(loadgate)


def test_what_one_run_alone_shows_is_not_called_a_regression(moody, loadgate):
    outcome = moody.run("1")
    assert outcome.code == PASSED, str(outcome)
    assert "looking again, to be sure" in outcome.stderr, str(outcome)
    assert moody.starts() == 2
    assert "inconclusive" in outcome.text.lower() and "not confirmed" in outcome.text, str(outcome)
    assert moody.run("1", "--strict").code == INCONCLUSIVE
    again = loadgate.run("compare", "baselines/moody", loadgate.out / "result.json")
    assert "not confirmed" in again.text, str(again)


def test_what_two_runs_show_is_a_regression(moody, loadgate):
    outcome = moody.run("1,2")
    assert outcome.code == REGRESSION, str(outcome)
    assert moody.starts() == 2
    assert loadgate.run("compare", "baselines/moody", loadgate.out / "result.json").code == REGRESSION


def test_one_look_is_enough_where_it_is_asked_for(moody):
    outcome = moody.run("1", "--no-confirm")
    assert outcome.code == REGRESSION, str(outcome)
    assert moody.starts() == 1


def test_a_good_run_is_not_looked_at_again(moody):
    assert moody.run("").code == PASSED
    assert moody.starts() == 1


def test_a_threshold_missed_once_was_missed(moody):
    moody.plan = moody.write(threshold="p50 < 100ms")
    outcome = moody.run("1")
    assert outcome.code == THRESHOLD_MISSED, str(outcome)
    assert "not confirmed" in outcome.text, str(outcome)


def test_a_second_machine_confirms_what_the_first_suspects(moody, loadgate):
    first = moody.run("1,2", "--suspects", "suspects.json")
    assert first.code == PASSED, str(first)
    suspects = json.loads((loadgate.folder / "suspects.json").read_text())["suspects"]
    assert {"stage": "steady", "request": "GET /", "metric": "p50"} in suspects
    second = moody.run("1,2", "--confirm", "suspects.json")
    assert second.code == REGRESSION, str(second)
    judged = [one for one in loadgate.result()["verdict"]["comparisons"] if one["weight"] != "shown"]
    assert len(judged) == len(suspects)
    cleared = moody.run("", "--confirm", "suspects.json")
    assert cleared.code == PASSED, str(cleared)


def test_a_missed_threshold_is_not_left_to_the_second_machine(moody, loadgate):
    moody.plan = moody.write(threshold="p50 < 100ms")
    outcome = moody.run("1,2", "--suspects", "suspects.json")
    assert outcome.code == THRESHOLD_MISSED, str(outcome)
    assert json.loads((loadgate.folder / "suspects.json").read_text())["suspects"]


def test_nothing_is_run_to_confirm_nothing(moody, loadgate):
    assert moody.run("", "--suspects", "suspects.json").code == PASSED
    outcome = moody.run("1,2", "--confirm", "suspects.json")
    assert outcome.code == PASSED, str(outcome)
    assert "names no suspect" in outcome.text and moody.starts() == 0, str(outcome)


def test_suspects_of_another_load_are_refused(moody, loadgate):
    assert moody.run("1,2", "--suspects", "suspects.json").code == PASSED
    moody.plan = moody.write(users=9)
    outcome = moody.run("1,2", "--confirm", "suspects.json")
    assert outcome.code == BAD_INPUT, str(outcome)
    assert "another load" in outcome.stderr and moody.starts() == 0, str(outcome)


def test_a_slower_level_counts_once_it_is_accepted(moody, loadgate):
    assert moody.run("1,2").code == REGRESSION
    added = loadgate.run("baseline", "add", loadgate.out / "result.json", "--accept", "safer now")
    assert added.code == PASSED, str(added)
    outcome = moody.run("1,2")
    assert outcome.code == PASSED, str(outcome)
    assert "safer now" in loadgate.run("baseline", "show", moody.plan).stdout
