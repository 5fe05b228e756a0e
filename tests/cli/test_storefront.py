"""The main job: a shop is recorded, an unchanged one passes, an N+1 query fails by name."""

import http.client
import statistics
import time
from urllib.parse import urlsplit

import pytest
from support.loadgate import PASSED, REGRESSION, REPO, Loadgate, is_busy
from support.processes import answers
from support.storefront import APP, PYTHON

PLAN = REPO / "configs" / "storefront-short.yaml"
RECORDED, UNCHANGED, WORSE = 10, 6, 2  # Rates of false alarms are for bench/trust.
ONE_RUN = 60  # Seconds; the plan takes nine, and what looks worse is looked at twice.


@pytest.fixture(scope="module")
def shop(storefront, tmp_path_factory):
    """The running shop, and a loadgate that holds its baseline."""
    storefront.start()
    yield storefront, Loadgate(tmp_path_factory.mktemp("storefront"))


def run(shop, number):
    """Again where the machine was too busy for any verdict: that says nothing of the shop."""
    storefront, loadgate = shop
    for _ in range(3):
        outcome = loadgate.run(
            "run", PLAN, "--host", storefront.url, "--seed", number, timeout=ONE_RUN)
        if not is_busy(outcome):
            break
    return outcome


def test_the_short_plan_is_the_carried_over_scenario():
    def scenario(name):
        return (REPO / "configs" / name).read_text().partition("scenarios:")[2]

    assert scenario("storefront-short.yaml") == scenario("storefront.yaml")


def test_no_kept_connection_of_the_shop_stalls(shop):
    """40 ms would be Nagle's and the delayed acknowledgement's, not the shop's."""
    connection = http.client.HTTPConnection("127.0.0.1", shop[0].port, timeout=5)
    times = []
    for _ in range(50):
        started = time.monotonic()
        connection.request("GET", "/store/products/1")
        assert connection.getresponse().read()
        times.append(time.monotonic() - started)
    assert statistics.median(times) < 0.02


def test_records_a_baseline(shop):
    storefront, loadgate = shop
    recorded = loadgate.run(
        "baseline", "record", PLAN, "--host", storefront.url, "--runs", RECORDED,
        timeout=RECORDED * ONE_RUN,
    )
    assert recorded.code == PASSED, str(recorded)
    files = list((loadgate.folder / "baselines").rglob("*.json"))
    assert len(files) == RECORDED
    assert max(file.stat().st_size for file in files) <= 20_000


def test_an_unchanged_shop_is_never_called_a_regression(shop):
    for number in range(UNCHANGED):
        outcome = run(shop, 100 + number)
        assert outcome.code == PASSED, str(outcome)
        assert "passed" in outcome.stdout.lower() or "inconclusive" in outcome.stdout.lower(), str(outcome)


def test_the_n_plus_one_query_is_found_and_named(shop):
    storefront, _ = shop
    storefront.stop()
    storefront.start(n_plus_one=True)
    for number in range(WORSE):
        outcome = run(shop, 200 + number)
        assert outcome.code == REGRESSION, str(outcome)
        blamed = [line for line in outcome.stdout.splitlines() if "✗" in line]
        assert any("/store/products " in f"{line} " for line in blamed), str(outcome)


STARTED = f"""
name: started shop
start:
  prepare: {PYTHON} manage.py migrate -v 0
  command: >-
    {PYTHON} -m gunicorn --config gunicorn.conf.py --bind 127.0.0.1:{{{{ port }}}} wsgi:application
  directory: {APP}
ready: {{ get: /store/products/1 }}
stages:
  - {{ name: shop, for: 3s, users: 4 }}
thresholds:
  - error_rate < 1%
scenarios:"""


def test_a_plan_prepares_starts_and_stops_the_shop(shop):
    storefront, loadgate = shop
    scenarios = PLAN.read_text().partition("scenarios:")[2].partition("thresholds:")[0]
    plan = loadgate.plan(STARTED + scenarios, "started.yaml")
    outcome = loadgate.run("run", plan, env=storefront.environment(), timeout=ONE_RUN)
    assert outcome.code == PASSED, str(outcome)
    said = ("preparing the service: ", "starting the service: ", "the service is ready after ")
    assert all(text in outcome.stderr for text in said), outcome.stderr
    address = urlsplit(loadgate.result()["run"]["info"]["target"])
    assert address.port != storefront.port and not answers(address.port)
