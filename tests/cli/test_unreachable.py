"""A target that is not there, or goes away, is exit 3 soon and with the reason."""

import time

from plans import steady
from support.loadgate import INVALID_RUN
from support.processes import free_port


def test_a_target_that_is_not_there_is_found_at_once(loadgate):
    port = free_port()
    plan = loadgate.plan(steady(length="60s"))
    outcome = loadgate.run("run", plan, "--host", f"http://127.0.0.1:{port}")
    assert outcome.code == INVALID_RUN, str(outcome)
    assert outcome.seconds < 3, str(outcome)
    assert f"127.0.0.1:{port}" in outcome.stdout, str(outcome)
    assert loadgate.result()["verdict"]["conclusion"] == "invalid"
    assert "<error" in (loadgate.out / "junit.xml").read_text()


def test_a_target_that_dies_under_load_is_never_green(loadgate, nginx):
    running = loadgate.start(
        "run", loadgate.plan(steady("/sleep50", users=8, length="60s")), "--host", nginx.url
    )
    time.sleep(2)
    nginx.kill()
    outcome = running.wait(20)
    assert outcome.code == INVALID_RUN, str(outcome)
    assert "stopped accepting connections" in outcome.stdout, str(outcome)


def test_a_baseline_is_not_recorded_from_a_target_that_is_not_there(loadgate):
    plan = loadgate.plan(steady())
    outcome = loadgate.run(
        "baseline", "record", plan, "--runs", 3, "--host", f"http://127.0.0.1:{free_port()}"
    )
    assert outcome.code == INVALID_RUN, str(outcome)
    assert list(loadgate.folder.glob("baselines/**/*.json")) == []
