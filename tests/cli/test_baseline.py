"""The files of a baseline: recorded, shown, added, pruned, and never overwritten."""

import pytest
from plans import steady
from support.loadgate import BAD_INPUT, PASSED


@pytest.fixture
def recorded(loadgate, nginx):
    plan = loadgate.plan(steady())
    outcome = loadgate.run("baseline", "record", plan, "--runs", 3, "--host", nginx.url)
    assert outcome.code == PASSED, str(outcome)
    return plan


def files(loadgate):
    return sorted((loadgate.folder / "baselines").rglob("*.json"))


def test_each_recorded_run_is_a_file_that_show_lists(loadgate, recorded):
    shown = loadgate.run("baseline", "show", recorded)
    assert shown.code == PASSED, str(shown)
    assert len(files(loadgate)) == 3
    for file in files(loadgate):
        assert file.name in shown.stdout, str(shown)


def test_a_run_is_added_and_the_oldest_are_pruned(loadgate, recorded, nginx):
    oldest = files(loadgate)[0]
    run = loadgate.run("run", recorded, "--host", nginx.url)
    assert run.code == PASSED, str(run)
    added = loadgate.run("baseline", "add", loadgate.out / "result.json")
    assert added.code == PASSED, str(added)
    assert len(files(loadgate)) == 4
    pruned = loadgate.run("baseline", "prune", recorded, "--keep", 2)
    assert pruned.code == PASSED, str(pruned)
    assert len(files(loadgate)) == 2
    assert oldest not in files(loadgate)


def test_stored_results_are_compared_without_a_target(loadgate, recorded, nginx):
    results = []
    for name in ("before", "after"):
        out = loadgate.folder / name
        assert loadgate.run("run", recorded, "--host", nginx.url, "--out", out).code == PASSED
        results.append(out / "result.json")
    nginx.stop()
    compared = loadgate.run("compare", *results)
    assert compared.code == PASSED, str(compared)
    assert "GET /small.txt" in compared.stdout


@pytest.mark.parametrize("damage", ['{"format": "someone else\'s"}', "{", ""],
                         ids=["foreign", "cut", "empty"])
def test_a_damaged_file_is_named_and_left_alone(loadgate, recorded, nginx, damage):
    broken = files(loadgate)[1]
    broken.write_text(damage)
    for command in (
        ("run", recorded, "--host", nginx.url),
        ("baseline", "show", recorded),
        ("baseline", "prune", recorded, "--keep", 1),
        # Said before anything is sent: nobody listens there.
        ("baseline", "record", recorded, "--runs", 1, "--host", "http://127.0.0.1:1"),
    ):
        outcome = loadgate.run(*command)
        assert outcome.code == BAD_INPUT, str(outcome)
        assert broken.name in outcome.stderr, str(outcome)
    assert broken.read_text() == damage
    assert len(files(loadgate)) == 3


def test_pinned_runs_are_what_later_ones_may_not_drift_from(loadgate, recorded, nginx):
    refused = loadgate.run("baseline", "pin", recorded)
    assert refused.code == BAD_INPUT and "at least 5 runs" in refused.stderr, str(refused)
    unpinned = loadgate.run("baseline", "check", recorded)
    assert unpinned.code == BAD_INPUT and "no run of this plan is pinned" in unpinned.stderr
    more = loadgate.run("baseline", "record", recorded, "--runs", 2, "--host", nginx.url)
    assert more.code == PASSED, str(more)
    pinned = loadgate.run("baseline", "pin", recorded)
    assert pinned.code == PASSED and "5 runs pinned in" in pinned.stdout, str(pinned)
    checked = loadgate.run("baseline", "check", recorded)
    assert checked.code == PASSED and "show no drift" in checked.text, str(checked)
    assert "5 runs pinned; the newest 5 runs" in loadgate.run("baseline", "show", recorded).text
    assert loadgate.run("baseline", "prune", recorded, "--keep", 1).code == PASSED
    assert len(files(loadgate)) == 1 + 5
    few = loadgate.run("baseline", "check", recorded)
    assert few.code == PASSED and "too few to see a drift" in few.text, str(few)
