"""A plan that starts its service: it is there for the load, watched, and gone afterwards."""

import os
import re
import shlex
import socket
import time
import uuid
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pytest
from support.loadgate import (
    BAD_INPUT,
    INTERRUPTED,
    INVALID_RUN,
    PASSED,
    THRESHOLD_MISSED,
)
from support.processes import Service, carrying, free_port, wait_until

PYTHON = "/usr/bin/python3"
STARTABLE = Path(__file__).resolve().parents[1] / "support" / "startable.py"

PLAN = """
name: started
{head}
stages:
  - {{ name: steady, for: {length}, users: 2 }}
scenarios:
  - name: visitor
    wait: 5ms
    tasks:
      - get: /
thresholds:
  - {threshold}
"""


def startable(*options):
    return shlex.join([PYTHON, "-B", str(STARTABLE), *options])


def start(command, ready="ready: { get: /status, within: 20s }", **more):
    """The head of a plan that starts `command`; more keys of `start` as they are given."""
    lines = ["start:", f"  command: {command}"]
    lines += [f"  {key}: {value}" for key, value in more.items()]
    return "\n".join([*lines, ready])


def plan(head, length="1s", threshold="p50 < 5s"):
    return PLAN.format(head=head, length=length, threshold=threshold)


class Marked:
    """loadgate with a variable that everything it starts inherits."""

    def __init__(self, loadgate):
        self.loadgate, self.out = loadgate, loadgate.out
        self._mark = {"LOADGATE_TEST_START": uuid.uuid4().hex}

    def start(self, text, *arguments, command=("run",)):
        return self.loadgate.start(*command, self.loadgate.plan(text), *arguments, env=self._mark)

    def run(self, text, *arguments, command=("run",)):
        outcome = self.start(text, *arguments, command=command).wait()
        assert self.left() == []
        return outcome

    def left(self):
        ((name, value),) = self._mark.items()
        return carrying(name, value)

    def log(self):
        return (self.out / "service.log").read_text()

    def wait_until_serving(self):
        def is_serving():
            return (self.out / "service.log").exists() and "serving" in self.log()

        wait_until(is_serving, 20, "the service serves")

    def invalid(self):
        return self.loadgate.result()["run"]["health"]["invalid"]


@pytest.fixture
def marked(loadgate):
    return Marked(loadgate)


def test_the_service_is_started_measured_and_stopped(marked, tmp_path):
    (tmp_path / "app").mkdir()
    outcome = marked.run(plan(start(startable(), directory="app", env='{ COLOUR: "green" }')))
    assert outcome.code == PASSED, str(outcome)
    said = re.fullmatch(
        r"serving on (\d+) in (\S+) with PORT=(\d+) COLOUR=green group (\d+)\n", marked.log()
    )
    assert said, marked.log()
    assert said[1] == said[3]
    assert said[2] == str(tmp_path / "app")
    assert int(said[4]) != os.getpgrp()
    assert "starting the service: " in outcome.stderr
    assert "the service is ready after " in outcome.stderr
    assert marked.loadgate.result()["run"]["info"]["target"] == f"http://127.0.0.1:{said[1]}"


def test_the_port_can_be_written_into_the_command_and_a_connection_is_ready_enough(marked):
    head = start(startable("--port") + ' "{{ port }}"', ready="").replace("command: ", "command: >-\n    ")
    outcome = marked.run(plan(head))
    assert outcome.code == PASSED, str(outcome)


def test_a_service_of_many_processes_is_stopped_whole(marked, tmp_path):
    (tmp_path / "app.py").write_text(
        "def app(environ, start_response):\n"
        "    start_response('200 OK', [('Content-Length', '0')])\n"
        "    return [b'']\n"
    )
    command = f"{PYTHON} -m gunicorn -w 2 -b 127.0.0.1:$PORT app:app"
    outcome = marked.run(plan(start(command, ready="ready: { get: / }")))
    assert outcome.code == PASSED, str(outcome)
    assert "Shutting down: Master" in marked.log()


def test_a_run_that_fails_stops_the_service_too(marked):
    outcome = marked.run(plan(start(startable()), threshold="p50 < 1us"))
    assert outcome.code == THRESHOLD_MISSED, str(outcome)


def test_daemons_and_deaf_children_are_stopped_too(marked):
    running = marked.start(plan(start(startable("--daemon", "--deaf")), length="60s"))
    marked.wait_until_serving()
    assert len([line for line in marked.left() if "sleep 300" in line]) == 2
    running.interrupt()
    time.sleep(0.5)
    running.interrupt()  # Deaf ones have ten seconds otherwise.
    outcome = running.wait()
    assert outcome.code == INTERRUPTED, str(outcome)
    assert outcome.seconds < 20, str(outcome)
    assert marked.left() == []


def test_a_service_that_dies_at_its_start_is_quoted(marked):
    command = "echo loading settings; echo 'KeyError: DATABASE_URL' >&2; exit 3"
    outcome = marked.run(plan(start(f'"{command}"')))
    assert outcome.code == INVALID_RUN, str(outcome)
    assert marked.invalid() == [
        "the service ended before it was ready (exit status 3): KeyError: DATABASE_URL",
        "the last lines in loadgate-results/service.log: loading settings ⏎ KeyError: DATABASE_URL",
    ]
    assert "DATABASE_URL" in outcome.stdout
    assert marked.loadgate.result()["run"]["series"] == []


def test_a_service_that_dies_in_the_run_ends_it_and_is_quoted(marked):
    outcome = marked.run(plan(start(startable("--die-after", "2")), length="60s"))
    assert outcome.code == INVALID_RUN, str(outcome)
    assert outcome.seconds < 20, str(outcome)
    first, second = marked.invalid()
    assert re.fullmatch(
        r"the service ended by itself [23]s into the run \(exit status 7\): MemoryError: no room .*", first
    ), first
    assert "Traceback (most recent call last): ⏎ MemoryError: no room for more" in second
    assert first[:60] in outcome.stdout.replace("\n  ", " ")
    junit = ElementTree.parse(marked.out / "junit.xml")
    assert "MemoryError: no room" in junit.find(".//error").get("message")
    assert "MemoryError: no room" in (marked.out / "report.html").read_text()


def test_a_death_in_the_last_second_spoils_the_run_too(marked):
    outcome = marked.run(plan(start(startable("--die-after", "1.5")), length="2s"))
    assert outcome.code == INVALID_RUN, str(outcome)
    assert marked.invalid()[0].startswith("the service ended by itself 1s into the run"), str(outcome)


def test_what_is_quoted_holds_no_secret(marked):
    head = start(startable("--die-after", "0.5", "--say", "hunter2-hunter2"))
    head += "\nvariables: { password: hunter2-hunter2 }\nsecrets: [password]"
    outcome = marked.run(plan(head, length="30s"))
    assert outcome.code == INVALID_RUN, str(outcome)
    assert "MemoryError: no room for more ***" in marked.invalid()[0]
    shown = [outcome.stdout, outcome.stderr]
    shown += [path.read_text() for path in marked.out.iterdir() if path.name != "service.log"]
    assert not [text for text in shown if "hunter2-hunter2" in text]


def test_a_service_that_is_never_ready_is_no_run(marked):
    head = start(startable("--never-ready"), ready="ready: { get: /status, within: 2s }")
    outcome = marked.run(plan(head))
    assert outcome.code == INVALID_RUN, str(outcome)
    assert re.match(
        r"the service was not ready within 2s \(http://127.0.0.1:\d+/status answers 503\): serving on",
        marked.invalid()[0],
    )


def test_a_port_that_someone_else_has_is_not_measured(marked):
    with socket.create_server(("127.0.0.1", 0)) as other:
        target = f"http://127.0.0.1:{other.getsockname()[1]}"
        outcome = marked.run(plan(f"target: {target}\n" + start(startable(), ready="")))
    assert outcome.code == INVALID_RUN, str(outcome)
    assert marked.invalid()[0].startswith(f"{target} answers before the service is started")


@pytest.mark.parametrize("way", ["prepare", "command"])
def test_ctrl_c_while_it_starts_leaves_nothing(marked, way):
    never = startable("--never-ready")
    keys = {"prepare": never} if way == "prepare" else {}
    running = marked.start(plan(start(never, **keys)))
    marked.wait_until_serving()
    running.interrupt()
    asked = time.monotonic()
    outcome = running.wait()
    assert time.monotonic() - asked < 5, str(outcome)
    assert outcome.code == INTERRUPTED, str(outcome)
    assert marked.left() == []


def test_ctrl_c_in_the_run_stops_the_service_after_the_last_request(marked):
    running = marked.start(plan(start(startable()), length="60s"))
    marked.wait_until_serving()
    time.sleep(2)
    running.interrupt()
    outcome = running.wait()
    assert outcome.code == INTERRUPTED, str(outcome)
    assert marked.left() == []
    result = marked.loadgate.result()
    assert result["run"]["health"]["invalid"] == []
    assert sum(sum(series["all"]["errors"].values()) for series in result["run"]["series"]) == 0


@pytest.mark.parametrize("when", ["preparing", "running"])
def test_a_killed_loadgate_leaves_nothing(marked, when):
    hidden = startable("--daemon", "--deaf")
    keys = {"prepare": hidden} if when == "preparing" else {}
    running = marked.start(plan(start(hidden, **keys), length="60s"))
    marked.wait_until_serving()
    assert len(marked.left()) >= 4
    running.process.kill()
    running.wait()
    wait_until(lambda: marked.left() == [], 5, "nothing left")


def test_a_failed_preparation_is_quoted_and_nothing_is_started(marked):
    head = start(startable(), prepare='"echo no such table: products; exit 1"')
    outcome = marked.run(plan(head))
    assert outcome.code == INVALID_RUN, str(outcome)
    assert marked.invalid() == ["prepare failed (exit status 1): no such table: products"]
    assert "starting the service" not in outcome.stderr


def test_a_baseline_is_recorded_with_a_fresh_service_for_each_run(marked):
    head = start(startable(), prepare="echo prepared")
    outcome = marked.run(plan(head), "--runs", "2", command=("baseline", "record"))
    assert outcome.code == PASSED, str(outcome)
    lines = marked.log().splitlines()
    assert lines[0] == "prepared"
    assert [line.split(" on ")[0] for line in lines[1:]] == ["serving", "serving"]


def test_a_service_that_others_start_is_waited_for(marked, tmp_path):
    port = free_port()
    head = f"target: http://127.0.0.1:{port}\nready: {{ get: /status, within: 30s }}"
    running = marked.start(plan(head))
    time.sleep(1)
    assert running.process.poll() is None
    with Service("startable", shlex.split(startable()), tmp_path / "log", env={"PORT": str(port)}):
        outcome = running.wait()
    assert outcome.code == PASSED, str(outcome)
    assert f"waiting for http://127.0.0.1:{port}/status" in outcome.stderr


def test_waiting_in_vain_says_what_was_seen(marked):
    port = free_port()
    head = f"target: http://127.0.0.1:{port}\nready: {{ get: /status, within: 1s }}"
    outcome = marked.run(plan(head))
    assert outcome.code == INVALID_RUN, str(outcome)
    (reason,) = marked.invalid()
    assert reason.startswith(f"http://127.0.0.1:{port}/status was not ready within 1s ("), reason
    assert "refused" in reason


def test_ctrl_c_ends_the_waiting_for_others(marked):
    head = f"target: http://127.0.0.1:{free_port()}\nready: {{ within: 60s }}"
    running = marked.start(plan(head))
    time.sleep(0.5)
    running.interrupt()
    outcome = running.wait()
    assert outcome.code == INTERRUPTED, str(outcome)
    assert outcome.seconds < 5, str(outcome)


def test_a_profile_is_chosen_on_the_command_line(marked):
    head = "target: http://127.0.0.1:1\nprofiles:\n  pr: { stages: [steady] }"
    marked.loadgate.plan(plan(head))
    outcome = marked.loadgate.run("validate", "plan.yaml", "--profile", "pr")
    assert outcome.code == PASSED, str(outcome)
    outcome = marked.loadgate.run("validate", "plan.yaml", "--profile", "nightly")
    assert outcome.code == BAD_INPUT, str(outcome)
    assert "nightly" in outcome.stderr
