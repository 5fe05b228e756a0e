"""Two builds side by side: the slower one is named, the same one passes, nothing is left."""

import json
import subprocess

import pytest
from support.http_servers import Doors
from support.loadgate import (
    BAD_INPUT,
    INTERRUPTED,
    INVALID_RUN,
    PASSED,
    REGRESSION,
    REPO,
)
from support.processes import answers, free_port, wait_until

SERVER = REPO / "tests" / "apps" / "burner" / "server.py"
DUET = 260  # Seconds: the cap of 200, starts, the trial.

PLAN = f"""
name: burner
start: {{ command: exec /usr/bin/python3 -B {SERVER} }}
ready: {{ within: 20s }}
stages:
  - {{ name: steady, for: 30s, rate: 60/s }}
duet: {{ rate: 60/s }}
scenarios:
  - name: visitor
    tasks:
      - get: /
"""


class Builds:
    """A plan, and a folder for each build."""

    def __init__(self, loadgate):
        self.loadgate, self.folder = loadgate, loadgate.folder
        self.write("plan.yaml", PLAN)

    def write(self, name, text):
        path = self.folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text)
        return path

    def build(self, name, **differences):
        self.write(f"{name}/build.json", json.dumps(differences))

    def start(self, *arguments):
        return self.loadgate.start("duet", "plan.yaml", *arguments)

    def run(self, *arguments, timeout=DUET):
        return self.start(*arguments).wait(timeout)

    def side_by_side(self, *arguments):
        return self.run("--base-dir", "base", "--head-dir", "head", *arguments)

    def duet(self):
        return self.loadgate.result()["run"]["duet"]


@pytest.fixture
def builds(loadgate):
    return Builds(loadgate)


def targets(duet):
    return {epoch[side]["target"] for epoch in duet["epochs"] for side in ("base", "head")}


def no_build_runs(duet):
    return not any(answers(int(target.rpartition(":")[2])) for target in targets(duet))


def test_a_build_with_twice_the_work_is_a_regression(builds):
    builds.build("base", work=400)
    builds.build("head", work=800)
    outcome = builds.side_by_side()
    assert outcome.code == REGRESSION, str(outcome)
    assert "Regression: " in outcome.text and "GET /" in outcome.text, str(outcome)
    duet = builds.duet()
    assert no_build_runs(duet)
    # Each epoch starts both anew, on ports that swap.
    bases = [epoch["base"]["target"] for epoch in duet["epochs"]]
    assert bases[0] != bases[1] and bases[0] == bases[2]
    assert {epoch["base"]["started_first"] for epoch in duet["epochs"]} == {True, False}
    assert "head build on" in (builds.loadgate.out / "head.log").read_text()
    cpu = next(one for one in builds.loadgate.result()["verdict"]["comparisons"]
               if one["metric"] == "cpu_per_request")
    assert cpu["outcome"] == "fail" and cpu["head"] > 1.3 * cpu["base"]


def test_the_same_build_twice_is_no_regression(builds):
    builds.build("base")
    builds.build("head")
    outcome = builds.side_by_side()
    assert outcome.code == PASSED, str(outcome)
    again = builds.loadgate.run("report", builds.loadgate.out / "result.json", "--out", "again")
    assert again.code == PASSED
    for name in ("result.json", "junit.xml", "report.html"):
        first, second = (builds.folder / place / name for place in ("loadgate-results", "again"))
        assert first.read_bytes() == second.read_bytes(), name


def test_a_head_that_dies_alone_is_a_regression(builds):
    builds.build("base")
    builds.build("head", die_after=100)
    outcome = builds.side_by_side()
    assert outcome.code == REGRESSION, str(outcome)
    assert "head" in outcome.text and "MemoryError" in outcome.text, str(outcome)


def test_a_head_that_dies_in_the_trial_is_a_regression_too(builds):
    builds.write("plan.yaml", PLAN.replace("duet: { rate: 60/s }\n", ""))
    builds.build("base")
    builds.build("head", die_after=20)
    outcome = builds.side_by_side()
    assert outcome.code == REGRESSION, str(outcome)
    assert "MemoryError" in outcome.text, str(outcome)


def test_a_base_that_dies_leaves_no_verdict(builds):
    builds.build("base", die_after=100)
    builds.build("head")
    outcome = builds.side_by_side()
    assert outcome.code == INVALID_RUN, str(outcome)


def test_a_build_that_does_not_start_says_which(builds):
    builds.build("base")
    builds.write("head/other", "")
    outcome = builds.side_by_side()
    assert outcome.code == INVALID_RUN, str(outcome)
    assert "head: " in outcome.text and "build.json" in outcome.text, str(outcome)


def git(folder, *arguments):
    subprocess.run(["git", "-c", "user.name=a", "-c", "user.email=a@b.c", *arguments],
                   cwd=folder, check=True, capture_output=True)


def test_the_base_can_be_a_commit_that_lacks_a_request(builds):
    """Checked out beside this one, and removed again; what only head knows is not compared."""
    builds.write("plan.yaml", PLAN + "      - get: /new\n")
    git(builds.folder, "init", "-q")
    builds.write("build.json", json.dumps({"routes": ["/"]}))
    git(builds.folder, "add", ".")
    git(builds.folder, "commit", "-qm", "base")
    builds.write("build.json", json.dumps({"routes": ["/", "/new"], "errors": 0.2}))
    outcome = builds.run("--base-ref", "HEAD", "--epochs", "6")
    assert outcome.code == REGRESSION, str(outcome)
    assert "error rate of GET / " in outcome.text, str(outcome)
    comparisons = builds.loadgate.result()["verdict"]["comparisons"]
    new = [one for one in comparisons if one["request"] == "GET /new"]
    assert new and all(one["outcome"] == "inconclusive" for one in new)
    assert {one["cause"] for one in new} == {"only head knows it"}
    assert builds.duet()["base"].startswith("HEAD (")
    listed = subprocess.run(["git", "worktree", "list"], cwd=builds.folder, text=True,
                            capture_output=True, check=True).stdout
    assert len(listed.splitlines()) == 1


def test_builds_may_run_already(builds):
    servers = []
    try:
        for name in ("base", "head"):
            builds.build(name)
            port = free_port()
            servers.append((port, subprocess.Popen(
                ["/usr/bin/python3", "-B", SERVER], cwd=builds.folder / name,
                env={"PORT": str(port)}, stdout=subprocess.DEVNULL)))
            wait_until(lambda at=port: answers(at), 20, name)
        addresses = [f"http://127.0.0.1:{port}" for port, _ in servers]
        outcome = builds.run("--base", addresses[0], "--head", addresses[1], "--epochs", "1")
        assert outcome.code == PASSED, str(outcome)
        assert "inconclusive" in outcome.text.lower(), "one epoch proves nothing"
        assert all(server.poll() is None for _, server in servers)
        assert builds.duet()["restart"] == "never", "we cannot start them again"
        # Who listens there is watched all the same.
        assert builds.duet()["epochs"][0]["head"]["use"]["points"]
    finally:
        for _, server in servers:
            server.terminate()
            server.wait()


FEATURES = """
name: features
http: {{ protocol: h2, tls: {{ ca: {ca} }} }}
stages:
  - {{ name: steady, for: 30s, rate: 20/s }}
duet: {{ rate: 20/s }}
data:
  words: {{ file: words.csv, order: shuffle }}
scenarios:
  - name: visitor
    on_start:
      - {{ post: /baskets, expect: {{ status: 201 }}, capture: {{ basket: $.id }} }}
    sequence:
      - {{ post: /baskets, name: new basket, expect: {{ status: 201 }}, capture: {{ newest: $.id }} }}
      - {{ get: "/items/{{{{ newest }}}}/{{{{ basket }}}}/{{{{ data.words.word }}}}", name: items }}
"""


def items_of(side, doors):
    """The rows it was asked for, in order; every id is one that this server gave."""
    seen = doors.all_seen()
    assert {request["protocol"] for request in seen} == {"HTTP/2.0"}, side
    given = {request["id"] for request in seen if request["path"] == "/baskets"}
    items = [request["path"].split("/")[2:] for request in seen
             if request["path"].startswith("/items/")]
    assert items and all({newest, basket} <= given for newest, basket, _ in items), side
    return [word for _, _, word in items]


def test_each_side_has_its_own_captures_over_http2_and_tls_and_the_same_rows(builds, service_folder):
    """All of a plan's features work on both sides; neither hears of the other."""
    with Doors(service_folder) as base, Doors(service_folder) as head:
        authority = builds.folder / "authorities.pem"
        authority.write_text(base.authority.certificate.read_text() +
                             head.authority.certificate.read_text())
        builds.write("words.csv", "word\none\ntwo\nthree\n")
        builds.write("plan.yaml", FEATURES.format(ca=authority))
        outcome = builds.run("--base", base.url("h2"), "--head", head.url("h2"), "--epochs", "1")
        assert outcome.code == PASSED, str(outcome)
        assert builds.loadgate.result()["run"]["failures"] == [], str(outcome)
        ours, theirs = items_of("base", base), items_of("head", head)
    # What was under way when the epoch ended may be missing on one side.
    assert len(ours) > 100
    for word in ("one", "two", "three"):
        assert abs(ours.count(word) - theirs.count(word)) <= 5, word


def test_a_trial_finds_the_rate(builds):
    builds.write("plan.yaml", PLAN.replace("duet: { rate: 60/s }\n", ""))
    builds.build("base", work=2000)
    builds.build("head", work=2000)
    outcome = builds.side_by_side("--epochs", "1")
    assert "iterations a second for each build" in outcome.stderr, str(outcome)
    duet = builds.duet()
    assert 0 < duet["rate"] <= 60
    assert len(duet["epochs"]) == 1


def test_noise_says_what_a_build_differs_from_itself_by(builds):
    builds.write("build.json", "{}")
    outcome = builds.loadgate.run("noise", "plan.yaml", "--epochs", "6", timeout=DUET)
    assert outcome.code == PASSED, str(outcome)
    assert "False alarms" in outcome.text and "CPU per request" in outcome.text, str(outcome)
    assert "gate: { detect: { duet: {" in outcome.text, str(outcome)
    assert builds.duet()["is_same_build"] is True


def test_rows_that_run_out_end_a_duet(builds):
    """An epoch that they cut short is none."""
    builds.write("rows.csv", "id\n" + "".join(f"{number}\n" for number in range(700)))
    builds.write("plan.yaml", PLAN.replace("get: /\n", 'get: /\n        query: { id: "{{ data.rows.id }}" }\n')
                 + "data: { rows: { file: rows.csv, reuse: false } }\n")
    builds.build("base", routes=["/"])
    builds.build("head", routes=["/"])
    outcome = builds.side_by_side()
    assert outcome.code == PASSED and "inconclusive" in outcome.text.lower(), str(outcome)
    assert "ran out after 700 rows" in outcome.text, str(outcome)
    assert len(builds.duet()["epochs"]) == 1


def test_what_is_prepared_and_few_requests_leave_the_epochs_whole(builds):
    """What is done once is no part of an epoch's time, and seldom requests are no early end."""
    builds.write("plan.yaml", PLAN.replace("start: {", "start: { prepare: sleep 7,"))
    builds.build("base")
    builds.build("head")
    running = builds.start("--base-dir", "base", "--head-dir", "head", "--rate", "0.5/s")
    log = builds.loadgate.out / "head.log"
    wait_until(lambda: log.exists() and log.read_text().count("head build on") > 2, 120,
               "a third epoch")
    running.interrupt()
    outcome = running.wait()
    assert outcome.code == INTERRUPTED, str(outcome)
    duet = builds.duet()
    assert len(duet["epochs"]) == 2 and duet["most_epochs"] > 15


def test_an_interrupted_duet_reports_what_it_has(builds):
    builds.build("base")
    builds.build("head")
    running = builds.start("--base-dir", "base", "--head-dir", "head")
    log = builds.loadgate.out / "head.log"
    wait_until(lambda: log.exists() and log.read_text().count("head build on") > 1, 60,
               "a second epoch")
    running.interrupt()
    outcome = running.wait()
    assert outcome.code == INTERRUPTED, str(outcome)
    assert len(builds.duet()["epochs"]) >= 1 and no_build_runs(builds.duet())


@pytest.mark.parametrize("arguments, complaint", [
    ((), "say which builds to compare in one way"),
    (("--base-ref", "main", "--base", "http://127.0.0.1:1"), "in one way"),
    (("--base", "http://127.0.0.1:1"), "--base URL and --head URL go together"),
    (("--base-dir", "nowhere"), "nowhere is no folder"),
    (("--base-ref", "no-such-branch"), "is in no git repo"),
    (("--base-dir", ".", "--rate", "0/s"), "write it like 120/s"),
    (("--base-dir", ".", "--rate", "2000000/s"), "write it like 120/s"),
])
def test_wrong_builds_are_said_before_anything_runs(builds, arguments, complaint):
    outcome = builds.run(*arguments)
    assert outcome.code == BAD_INPUT, str(outcome)
    assert complaint in outcome.stderr, str(outcome)
