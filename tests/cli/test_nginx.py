"""Measured against a server whose answers are known beforehand."""

from plans import steady
from support.loadgate import PASSED, measured, total


def test_a_sleep_of_50_ms_is_measured_at_50_to_51(loadgate, nginx):
    plan = loadgate.plan(steady("/sleep50", users=8, length="5s"))
    outcome = loadgate.run("run", plan, "--host", nginx.url)
    assert outcome.code == PASSED, str(outcome)
    assert 50e6 <= measured(loadgate.result(), "p50 < 1s") <= 51e6, str(outcome)


def test_64_users_without_waits_lose_no_request(loadgate, nginx):
    plan = loadgate.plan(steady(users=64, length="10s"))
    outcome = loadgate.run("run", plan, "--host", nginx.url)
    nginx.stop()
    assert outcome.code == PASSED, str(outcome)
    result = loadgate.result()
    assert total(result, "requests") > 10_000
    assert total(result, "cancelled") == 0
    assert len(nginx.served()) == total(result, "requests")
    assert set(nginx.served()) == {"200 GET /small.txt"}
