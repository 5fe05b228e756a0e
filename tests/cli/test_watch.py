"""CPU and memory of the service, started by the plan or named by `watch`."""

import shlex
from pathlib import Path

import pytest
from support.loadgate import PASSED, is_busy, total
from support.processes import Service, answers, free_port

PYTHON = "/usr/bin/python3"
BURNING = Path(__file__).resolve().parents[1] / "support" / "burning.py"
MILLISECONDS = 5  # Of CPU, which each request costs by its own clock.

PLAN = """
name: watched
{head}
stages:
  - {{ name: steady, for: 3s, users: 1 }}
scenarios:
  - name: visitor
    wait: 20ms
    tasks:
      - get: /
thresholds:
  - p50 < 5s
"""


def burning(*options):
    return [PYTHON, "-B", str(BURNING), *map(str, options)]


def started(*options, more=""):
    return f"start:\n  command: {shlex.join(burning(*options))}\nready: {{ get: /status }}\n{more}"


def watching(port, **watches):
    lines = [f"target: http://127.0.0.1:{port}", "watch:"]
    return "\n".join(lines + [f"  {name}: {{ {what} }}" for name, what in watches.items()])


@pytest.fixture
def measure(loadgate):
    def run(head):
        outcome = loadgate.run("run", loadgate.plan(PLAN.format(head=head)))
        assert outcome.code == PASSED or is_busy(outcome), str(outcome)
        return loadgate.result()

    return run


@pytest.fixture
def burner(tmp_path):
    """Runs already, with three processes; gives its port."""
    port = free_port()
    command = burning("--port", port, "--workers", 3, "--milliseconds", MILLISECONDS)
    with Service("burning", command, tmp_path / "burning.log") as service:
        service.wait_ready(lambda: answers(port))
        (tmp_path / "burning.pid").write_text(f"{service.process.pid}\n")
        yield port


def milliseconds_a_request(use, result):
    return use["points"][-1]["cpu_ns"] / 1e6 / total(result, "requests")


def expect_known_cost(use, result):
    # Python reads the request and writes the answer for some more.
    assert MILLISECONDS <= milliseconds_a_request(use, result) <= 2 * MILLISECONDS


def test_what_start_starts_is_measured_over_time(measure):
    result = measure(started("--milliseconds", MILLISECONDS, "--megabytes", 40))
    (service,) = result["run"]["services"]
    assert (service["name"], service["is_judged"]) == ("service", True)
    assert "trouble" not in service
    expect_known_cost(service, result)
    points = service["points"]
    assert points[0]["at_ns"] < 0.05e9
    assert len(points) >= 4, "one a second"
    assert all(a["at_ns"] < b["at_ns"] <= a["at_ns"] + 1.5e9 and a["cpu_ns"] <= b["cpu_ns"]
               for a, b in zip(points, points[1:]))
    assert all(40e6 < point["memory"] < 90e6 for point in points)
    # Some shells stay beside the command.
    assert all(point["processes"] in (1, 2) for point in points)


def test_processes_that_have_ended_count(measure):
    result = measure(started("--milliseconds", MILLISECONDS, "--fork"))
    (service,) = result["run"]["services"]
    expect_known_cost(service, result)


def test_the_machine_is_measured_beside_it(measure):
    result = measure(started("--milliseconds", MILLISECONDS))
    machine, (service,) = result["run"]["machine"], result["run"]["services"]
    assert machine["cores"] >= 1
    assert len(machine["points"]) == len(service["points"])
    last = machine["points"][-1]
    assert 0 < last["own_ns"] < last["at_ns"]
    # The machine's is told in ticks.
    assert last["busy_ns"] > 0.8 * service["points"][-1]["cpu_ns"]


@pytest.mark.parametrize("by", ["port: {port}", "pid_file: burning.pid"])
def test_a_service_that_runs_already_is_watched_with_its_workers(measure, burner, by):
    result = measure(watching(burner, web=by.format(port=burner)))
    (web,) = result["run"]["services"]
    assert (web["name"], web["is_judged"]) == ("web", True)
    assert all(point["processes"] == 3 for point in web["points"])
    expect_known_cost(web, result)


def test_what_is_not_found_says_so(measure, burner):
    nobody = free_port()
    result = measure(watching(burner, cache=f"port: {nobody}", db="process: lg-nobody"))
    cache, db = result["run"]["services"]
    assert cache["points"] == db["points"] == []
    assert cache["trouble"] == f"nothing listens on port {nobody}"
    assert db["trouble"] == "no process is called lg-nobody"


def test_a_part_of_the_service_is_shown_but_counts_once(measure):
    result = measure(started("--workers", 2, more='watch:\n  web: { port: "{{ port }}" }'))
    service, web = result["run"]["services"]
    assert service["is_judged"] and not web["is_judged"]
    assert web["trouble"] == "it has processes that count as service already"
    assert web["points"][-1]["processes"] == 2
