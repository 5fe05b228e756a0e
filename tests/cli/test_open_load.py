"""Rates, waits, data, what is judged and what fails: seen at the server and in the result."""

import contextlib
import json
import re
import statistics
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from support.loadgate import PASSED, THRESHOLD_MISSED, is_busy, measured, total
from support.nginx import Nginx
from support.processes import wait_until

LOCATIONS = """
    location /quick/ { access_log moments.log moments; return 200 ok; }
    location /timed/ { access_log moments.log moments; echo_sleep 0.05; echo ok; }
    location /rows/ { return 200 ok; }
    location /item {
      default_type application/json;
      add_header X-Id 42;
      add_header Set-Cookie "sid=s3; Path=/";
      return 200 '{"id": 7, "price": 9.5, "tags": ["new"]}';
    }
"""


@pytest.fixture
def nginx(service_folder):
    with Nginx(service_folder, LOCATIONS) as server:
        yield server


def plan(stages, scenarios, thresholds=("error_rate < 1%",), **more):
    """YAML that is JSON, but for `exists`, which would be a text in quotes."""
    whole = {"name": "open", "target": "http://127.0.0.1:1", "stages": stages,
             "scenarios": scenarios, "thresholds": list(thresholds), **more}
    return json.dumps(whole).replace('"exists"', "exists")


def getting(path, **more):
    return {"tasks": [{"get": path}], **more}


@pytest.fixture
def run(loadgate, nginx):
    def run(text, *arguments, host=nginx.url):
        return loadgate.run("run", loadgate.plan(text), "--host", host, "--no-baseline",
                            "--seed", 7, *arguments)

    return run


def undisturbed(run):
    """An Outcome of a run that loadgate did not repeat for its own sake: what a test does to
    the server happens once."""
    for _ in range(3):
        outcome = run()
        if "running it once more" not in outcome.stderr:
            break
    return outcome


def assert_code(outcome, code):
    assert outcome.code == code or is_busy(outcome), str(outcome)


def by_stage(result):
    counts = [0] * len(result["run"]["judging"]["stages"])
    for series in result["run"]["series"]:
        counts[series["stage"]] += series["all"]["requests"]
    return counts


def errors(result):
    kinds = {}
    for series in result["run"]["series"]:
        for kind, count in series["all"].get("errors", {}).items():
            kinds[kind] = kinds.get(kind, 0) + count
    return kinds


def gaps(moments):
    return [after - before for before, after in zip(moments, moments[1:])]


# A server that stands still.


def stall(nginx, *started, into=0.7, length=2):
    """The Outcomes of running loadgates whose server stands still meanwhile."""
    seen = len(nginx.moments())
    wait_until(lambda: len(nginx.moments()) > seen, 10, "the first request")
    time.sleep(into)
    with nginx.stopped():
        time.sleep(length)
    return [running.wait() for running in started]


def service_times(outcome):
    """p50, p95 and p99 in seconds, as the console shows them."""
    table = outcome.stdout.split("Service times", 1)[1]
    row = re.search(r"GET /quick/\S*((?: +[\d,.]+){3})\n", table)
    return [float(number.replace(",", "")) / 1000 for number in row[1].split()]


def test_a_stall_shows_in_response_times_where_service_times_hide_it(loadgate, nginx):
    # Who comes during the stall waits for a new user to sign in, and is served quickly then.
    # Sent before it, and so slow from send as well, are only those for whom users were free.
    text = plan([{"for": "4s", "rate": "200/s"}],
                [getting("/quick/", on_start=[{"get": "/small.txt"}])],
                ["p95 < 1s", "p99 < 1s", "error_rate < 1%"])

    def run():
        running = loadgate.start("run", loadgate.plan(text), "--host", nginx.url, "--no-baseline")
        return stall(nginx, running)[0]

    outcome = undisturbed(run)
    assert_code(outcome, THRESHOLD_MISSED)
    result = loadgate.result()
    assert measured(result, "p95 < 1s") > 1e9, str(outcome)
    assert 1e9 < measured(result, "p99 < 1s") < 3e9, str(outcome)
    assert by_stage(result) == [800 + on_starts(result)]
    assert result["run"]["health"]["dropped"] == 0
    p50, p95, _ = service_times(outcome)
    assert p50 <= p95 < 0.5, str(outcome)


def on_starts(result):
    requests = result["run"]["judging"]["requests"]
    return sum(series["all"]["requests"] for series in result["run"]["series"]
               if requests[series["request_name"]]["role"] == "on_start")


def test_a_stall_hits_all_that_a_rate_sends_and_hides_from_users_who_wait(loadgate, nginx):
    rate = plan([{"for": "4s", "rate": "200/s"}], [getting("/quick/rate")], ["p99 < 1s"])
    users = plan([{"for": "4s", "users": 2}], [getting("/quick/users", wait="10ms")], ["p99 < 1s"])

    def start(text, name):
        return loadgate.start("run", loadgate.plan(text, f"{name}.yaml"), "--host", nginx.url,
                              "--no-baseline", "--out", name)

    for _ in range(3):
        outcomes = stall(nginx, start(rate, "rate"), start(users, "users"))
        if "once more" not in outcomes[0].stderr + outcomes[1].stderr:
            break
    by_rate, by_users = (loadgate.result(loadgate.folder / name) for name in ("rate", "users"))
    assert total(by_rate, "requests") == 800, str(outcomes[0])
    assert 1e9 < measured(by_rate, "p99 < 1s") < 3e9, str(outcomes[0])
    assert measured(by_users, "p99 < 1s") < 0.5e9, str(outcomes[1])


# Stages.


def test_users_and_rates_follow_each_other(run, loadgate):
    stages = [
        {"name": "users", "for": "1s", "users": 3},
        {"name": "climb", "for": "2s", "rate": "100/s", "ramp": "1s"},  # 50 and 100.
        {"name": "fall", "for": "1s", "rate": "999/m", "ramp": "1s"},  # (100 + 16.65) / 2 = 58.3.
        {"name": "few", "for": "1s", "rate": "999/m"},  # 16.65.
        {"name": "users again", "for": "1s", "users": 2},
    ]
    outcome = run(plan(stages, [getting("/small.txt", wait="100ms")]))
    assert_code(outcome, PASSED)
    result = loadgate.result()
    users, *rates, users_again = by_stage(result)
    assert rates == [150, 58, 17], str(outcome)
    assert 20 <= users <= 33
    assert 12 <= users_again <= 22
    assert result["run"]["health"]["arrivals"] == 150 + 58 + 17


@pytest.mark.parametrize(("limit", "code"), [("50%", THRESHOLD_MISSED), ("99%", PASSED)])
def test_arrivals_beyond_the_pool_are_failures(run, loadgate, limit, code):
    stages = [{"for": "1s", "rate": "1000/s", "max_users": 5}]
    outcome = run(plan(stages, [getting("/sleep50")], [f"error_rate < {limit}"]), "--workers", 8)
    assert_code(outcome, code)
    result = loadgate.result()
    health = result["run"]["health"]
    assert (total(result, "requests"), health["arrivals"]) == (1000, 1000)
    # Five users, wherever they work, serve 100 at most, and finish what they have at the end.
    assert 50 <= 1000 - health["dropped"] <= 105, str(outcome)
    assert errors(result) == {"no user free": health["dropped"]}
    assert measured(result, f"error_rate < {limit}") == pytest.approx(health["dropped"] / 1000)
    assert f"{health['dropped']} of 1,000 arrivals of the whole run found no user free." in outcome.text
    assert "all 5 users were waiting for the target: raise max_users" in outcome.text


# Waits, as the server saw them.


def test_pacing_counts_from_one_beginning_to_the_next(run, loadgate, nginx):
    stages = [{"for": "3s", "users": 4}]
    outcome = run(plan(stages, [getting("/timed/{{ user.id }}", wait="pacing 500ms")]))
    assert_code(outcome, PASSED)
    assert 4 * 5 <= total(loadgate.result(), "requests") <= 4 * 7
    nginx.stop()
    for user in range(1, 5):
        between = gaps([at for at, path in nginx.moments() if path == f"/timed/{user}"])
        assert min(between) > 0.45, between
        assert statistics.median(between) == pytest.approx(0.5, abs=0.03), between


def test_exponential_waits_have_their_mean_and_their_shape(run, loadgate, nginx):
    stages = [{"for": "2s", "users": 50}]
    outcome = run(plan(stages, [getting("/quick/{{ user.id }}", wait="exponential 100ms")]))
    assert_code(outcome, PASSED)
    # The first comes at once, then 20 for each user.
    assert total(loadgate.result(), "requests") == pytest.approx(50 + 1000, rel=0.15)
    nginx.stop()
    between = []
    for user in range(1, 51):
        between += gaps([at for at, path in nginx.moments() if path == f"/quick/{user}"])
    below_mean = sum(gap < 0.1 for gap in between) / len(between)
    assert below_mean == pytest.approx(0.632, abs=0.07)


@pytest.mark.parametrize("level", [{"users": 2}, {"rate": "10/s"}])
def test_waits_between_steps_hold_under_users_and_rates(run, nginx, level):
    steps = [{"get": "/quick/a{{ user.id }}"}, {"wait": "200ms"}, {"get": "/quick/b{{ user.id }}"}]
    outcome = run(plan([{"for": "2s", **level}], [{"sequence": steps}]))
    assert_code(outcome, PASSED)
    nginx.stop()
    begun, rests = {}, []
    for at, path in nginx.moments():
        step, user = path[len("/quick/")], path[len("/quick/b"):]
        if step == "a":
            begun[user] = at
        else:
            rests.append(at - begun[user])
    assert len(rests) >= 12
    assert min(rests) > 0.19, rests
    assert statistics.median(rests) < 0.23, rests


# Data.


def rows(loadgate, count):
    lines = ["nr", *(str(nr) for nr in range(count))]
    (loadgate.folder / "rows.csv").write_text("\n".join(lines) + "\n")


def once(**more):
    return {"rows": {"file": "rows.csv", "reuse": False, **more}}


def rows_served(nginx):
    nginx.stop()
    return sorted(int(line.rpartition("/")[2]) for line in nginx.served() if "/rows/" in line)


@pytest.mark.parametrize("order", ["sequential", "shuffle"])
def test_a_rate_sends_each_row_exactly_once_over_eight_workers(run, loadgate, nginx, order):
    rows(loadgate, 300)
    text = plan([{"for": "30s", "rate": "300/s"}], [getting("/rows/{{ data.rows.nr }}")],
                data=once(order=order))
    outcome = run(text, "--workers", 8)
    assert_code(outcome, PASSED)
    assert rows_served(nginx) == list(range(300))
    assert total(loadgate.result(), "requests") == 300
    assert outcome.seconds < 15
    assert 'the data "rows" ran out after 300 rows, so the run ended' in outcome.text


@pytest.mark.parametrize(("exhausted", "goes_on"), [("stop_run", False), ("stop_user", True)])
def test_what_ends_with_the_data_is_the_plans_choice(run, loadgate, nginx, exhausted, goes_on):
    rows(loadgate, 20)
    text = plan([{"for": "2s", "rate": "100/s"}],
                [getting("/rows/{{ data.rows.nr }}"), getting("/small.txt")],
                data=once(when_exhausted=exhausted))
    outcome = run(text, "--workers", 8)
    assert_code(outcome, PASSED)
    assert rows_served(nginx) == list(range(20))
    assert (total(loadgate.result(), "requests") > 80) == goes_on, str(outcome)
    assert (loadgate.result()["run"]["info"]["length_ns"] > 1.9e9) == goes_on
    what = "users and arrivals that read it ended" if goes_on else "the run ended"
    assert f'the data "rows" ran out after 20 rows, so {what}' in outcome.text


# What is judged.


class Cold(BaseHTTPRequestHandler):
    """Slow for a while after the first request."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def do_GET(self):
        now = time.monotonic()
        self.server.first = self.server.first or now
        if now - self.server.first < 0.5:
            time.sleep(0.1)
        self.send_response(204)
        self.end_headers()

    def log_message(self, *_):
        pass


@contextlib.contextmanager
def cold_service():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Cold)
    server.daemon_threads, server.first = True, None
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


WARM_UP = {"name": "warm up", "for": "700ms", "users": 4}
STEADY = {"name": "steady", "for": "600ms", "users": 4}
RAMP = {"name": "ramp", "for": "1300ms", "users": 4, "ramp": "700ms"}
OPEN_RAMP = {"name": "ramp", "for": "1300ms", "rate": "80/s", "ramp": "700ms"}


@pytest.mark.parametrize(("stages", "judge", "code"), [
    ([{**WARM_UP, "warmup": True}, STEADY], "held", PASSED),
    ([{**WARM_UP, "warmup": True}, STEADY], "all", PASSED),
    ([WARM_UP, STEADY], "held", THRESHOLD_MISSED),
    ([RAMP], "held", PASSED),
    ([RAMP], "all", THRESHOLD_MISSED),
    ([OPEN_RAMP], "held", PASSED),
    ([OPEN_RAMP], "all", THRESHOLD_MISSED),
])
def test_warm_up_and_ramps_are_judged_only_when_asked(run, stages, judge, code):
    text = plan(stages, [getting("/", wait="40ms")], ["p95 < 80ms"], judge=judge)

    def run_once():
        with cold_service() as url:
            return run(text, host=url)

    assert_code(undisturbed(run_once), code)


def test_an_abort_threshold_ends_the_run_but_not_before_its_time(run, loadgate):
    abort = {"limit": "error_rate < 50%", "abort": True, "after": "2s"}
    outcome = run(plan([{"for": "30s", "rate": "20/s"}], [getting("/broken")], [abort]))
    assert_code(outcome, THRESHOLD_MISSED)
    assert 'stopped after 2s by the threshold "error_rate < 50%"' in outcome.text
    assert 1.9e9 < loadgate.result()["run"]["info"]["length_ns"] < 5e9


# What fails, and how that is said. /item answers 200, X-Id 42, a cookie sid=s3 and
# {"id": 7, "price": 9.5, "tags": ["new"]}.

CHECKS = [
    ({"status": 201}, "unexpected status", "status 200, expected 201"),
    ({"json": {"$.id": 8}}, "check failed", "$.id is 7, expected 8"),
    ({"json": {"$.colour": "exists"}}, "check failed", "$.colour not found: "),
    ({"json": {"$.price": {"less_than": 5}}}, "check failed", "$.price is 9.5, expected less than 5"),
    ({"json": {"$.tags[0]": {"matches": "^old"}}}, "check failed",
     '$.tags[0] is "new", expected a match of ^old'),
    ({"header": {"X-Id": "43"}}, "check failed", 'header X-Id is "42", expected "43"'),
    ({"header": {"X-Colour": "exists"}}, "check failed", "header X-Colour not found"),
    ({"contains": "sold out"}, "check failed", 'the body does not contain "sold out"'),
    ({"matches": "id=\\d+"}, "check failed", "the body does not match id=\\d+"),
    ({"within": "1us"}, "check failed", "expected within 1.00 us"),
]
GOOD_CHECKS = {
    "status": "2xx", "contains": "price", "matches": r'"id": \d', "within": "5s",
    "json": {"$.id": 7, "$.price": {"greater_than": 5}, "$.tags[0]": {"matches": "^new$"}},
    "header": {"X-Id": "42", "Set-Cookie": "exists", "Content-Type": {"matches": "json"}},
}
CAPTURES = [
    ("$.token", "$.token not found in"),
    ("header X-Token", "header X-Token not found"),
    ("cookie token", "cookie token not found"),
    (r"regex 'token=(\d+)'", r"regex 'token=(\d+)' not found in"),
]
GOOD_CAPTURES = {"id": "$.id", "same": "header X-Id", "sid": "cookie sid", "tag": "regex '\\[\"(\\w+)'"}


def items(keys):
    """A task for each, named by its number, with these keys."""
    return [{"tasks": [{"get": "/item", "name": f"item {nr}", **more} for nr, more in enumerate(keys)]}]


def kinds_and_details(result):
    names = result["run"]["judging"]["requests"]
    return {names[group["request_name"]]["text"]: (group["kind"], group["samples"][0]["detail"])
            for group in result["run"]["failures"]}


def test_each_failed_expectation_says_what_was_expected_and_seen(run, loadgate):
    tasks = items([{"expect": expect} for expect, _, _ in CHECKS])
    outcome = run(plan([{"for": "1s", "rate": "100/s"}], tasks))
    assert_code(outcome, THRESHOLD_MISSED)
    found = kinds_and_details(loadgate.result())
    assert len(found) == len(CHECKS)
    for nr, (_, kind, detail) in enumerate(CHECKS):
        assert found[f"item {nr}"][0] == kind
        assert detail in found[f"item {nr}"][1], found
        assert detail in outcome.text, str(outcome)
    assert errors(loadgate.result()).keys() == {"unexpected status", "check failed"}


def test_each_failed_capture_says_what_it_looked_for(run, loadgate):
    tasks = items([{"capture": {"token": capture}} for capture, _ in CAPTURES])
    outcome = run(plan([{"for": "1s", "rate": "50/s"}], tasks))
    assert_code(outcome, THRESHOLD_MISSED)
    found = kinds_and_details(loadgate.result())
    assert len(found) == len(CAPTURES)
    for nr, (_, detail) in enumerate(CAPTURES):
        assert found[f"item {nr}"][0] == "capture failed"
        assert detail in found[f"item {nr}"][1], found
        assert detail in outcome.text, str(outcome)


def test_what_is_as_expected_passes_and_captures_are_sent_on(run, loadgate, nginx):
    steps = [{"get": "/item", "expect": GOOD_CHECKS, "capture": GOOD_CAPTURES},
             {"get": "/rows/{{ id }}-{{ same }}-{{ sid }}-{{ tag }}"}]
    outcome = run(plan([{"for": "1s", "rate": "30/s"}], [{"sequence": steps}]))
    assert_code(outcome, PASSED)
    assert loadgate.result()["run"]["failures"] == [], str(outcome)
    nginx.stop()
    assert set(nginx.served()) == {"200 GET /item", "200 GET /rows/7-42-s3-new"}
    assert total(loadgate.result(), "requests") == 60
