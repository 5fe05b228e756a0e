"""The real binary, run as a user runs it, and what it left behind."""

import json
import os
import signal
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

from support.processes import die_with_parent, marked_environment

REPO = Path(__file__).resolve().parents[2]

# Public API; architecture.md says what each means.
PASSED, REGRESSION, THRESHOLD_MISSED, INVALID_RUN, INCONCLUSIVE = 0, 1, 2, 3, 4
BAD_INPUT, INTERNAL_ERROR, INTERRUPTED = 64, 70, 130


def binary():
    build = REPO / os.environ.get("LOADGATE_BUILD", "build/dev")
    return build / "loadgate"


@dataclass
class Outcome:
    code: int
    stdout: str
    stderr: str
    seconds: float

    @property
    def text(self):
        """What it printed, without its line breaks."""
        return " ".join(self.stdout.split())

    def __str__(self):
        return f"exit {self.code} after {self.seconds:.1f} s\n{self.stdout}\n{self.stderr}"


class Running:
    """loadgate on its way; wait() gives the Outcome."""

    def __init__(self, arguments, cwd, env=None):
        self._started = time.monotonic()
        # Colour and CI switches of the caller's terminal are not what is tested.
        clean = {key: value for key, value in marked_environment().items()
                 if not key.startswith(("GITHUB_", "CLICOLOR")) and key not in {"CI", "NO_COLOR"}}
        clean |= env or {}
        self.process = subprocess.Popen(
            [binary(), *map(str, arguments)], cwd=cwd, env=clean, text=True,
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
            preexec_fn=die_with_parent,
        )

    def interrupt(self):
        self.process.send_signal(signal.SIGINT)

    def wait(self, timeout=60):
        try:
            stdout, stderr = self.process.communicate(timeout=timeout)
        except subprocess.TimeoutExpired:
            self.process.kill()
            stdout, stderr = self.process.communicate()
            raise AssertionError(f"loadgate runs for {timeout} s\n{stdout}\n{stderr}") from None
        seconds = time.monotonic() - self._started
        return Outcome(self.process.returncode, stdout, stderr, seconds)


class Loadgate:
    """Works in `folder`: plans, baselines and results of one test lie there."""

    def __init__(self, folder):
        self.folder = Path(folder)
        self.out = self.folder / "loadgate-results"

    def start(self, *arguments, env=None):
        return Running(arguments, self.folder, env)

    def run(self, *arguments, env=None, timeout=60):
        return self.start(*arguments, env=env).wait(timeout)

    def plan(self, text, name="plan.yaml"):
        path = self.folder / name
        path.write_text(text)
        return path

    def result(self, out=None):
        return json.loads(((out or self.out) / "result.json").read_text())


def is_busy(outcome):
    """The machine was, so there is no verdict: where latency is not the point."""
    return outcome.code == INVALID_RUN and "the load generator" in outcome.text


def total(result, count):
    """A count ("requests", "cancelled") over all that was sent, warm-up and ramps included."""
    return sum(series["all"][count] for series in result["run"]["series"])


def measured(result, threshold):
    """What the run measured for a threshold, in nanoseconds, shares or a count."""
    findings = result["verdict"]["thresholds"]
    return next(each["measured"] for each in findings if each["threshold"]["text"] == threshold)
