"""What the benches share: the binary, an nginx on a core of its own, CPU times, tables."""

import contextlib
import os
import re
import resource
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

REPO = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(REPO / "tests"))
from support.nginx import Nginx  # noqa: E402

BUILD = REPO / os.environ.get("LOADGATE_BUILD", "build/release")

# Only so that the plan is whole: the benches read counts and times, not the verdict.
THRESHOLDS = "thresholds: [ error_rate < 1% ]\n"


def loadgate_binary():
    binary = BUILD / "loadgate"
    if not binary.exists():
        sys.exit(f"there is no {binary}: cmake --preset release && cmake --build --preset release")
    return str(binary)


def plan(folder, users, length, wait=None, ramp="0s", path="/small.txt", name="bench"):
    """Writes a plan of one request and returns its path."""
    text = (
        f"name: {name}\ntarget: http://127.0.0.1:1\n"
        f"stages:\n  - {{ name: steady, for: {length}, users: {users}, ramp: {ramp} }}\n"
        "scenarios:\n  - name: visitor\n"
        + (f"    wait: {wait}\n" if wait else "")
        + f"    tasks:\n      - get: {path}\n"
        + THRESHOLDS
    )
    file = Path(folder) / f"{name}.yaml"
    file.write_text(text)
    return str(file)


# Exit codes of a run that was measured to its end; 3 says that this machine was too busy
# for a verdict, which the numbers here do not need.
MEASURED = (0, 3)


def run_command(plan_file, host, out, *more):
    return [
        loadgate_binary(), "run", plan_file, "--host", host, "--out", str(out),
        "--no-baseline", "--workers", "1", *more,
    ]


@dataclass
class Cores:
    """Where the server and the generators run; the same core where there is only one."""

    server: int
    generator: int

    @classmethod
    def of_this_machine(cls):
        cores = sorted(os.sched_getaffinity(0))
        return cls(cores[0], cores[-1])

    def __str__(self):
        if self.server == self.generator:
            return "one core for all: ratios only"
        return f"server on core {self.server}, generators on core {self.generator}"


@contextlib.contextmanager
def on_core(core):
    """Whatever is started inside runs on this core."""
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {core})
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)


@contextlib.contextmanager
def pinned_nginx(core):
    """An nginx with /small.txt on `core`, and a folder to work in."""
    with tempfile.TemporaryDirectory(prefix="loadgate-bench-") as folder:
        with on_core(core):
            server = Nginx(folder)
        with server:
            yield server, Path(folder)


@dataclass
class Spent:
    user: float
    system: float
    output: str

    @property
    def cpu(self):
        return self.user + self.system


def spend(command, core, timeout=120, accepts=(0,)):
    """Runs a command to its end on `core`: its CPU seconds, with those of its children."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    with on_core(core):
        done = subprocess.run(
            command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
            text=True, timeout=timeout, check=False,
        )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode not in accepts:
        raise RuntimeError(f"{' '.join(command)} ended with {done.returncode}:\n{done.stdout}")
    return Spent(after.ru_utime - before.ru_utime, after.ru_stime - before.ru_stime, done.stdout)


def spend_once(command, core, tries=5):
    """Without the runs that loadgate repeats by itself: their CPU would count twice."""
    for _ in range(tries):
        spent = spend(command, core, accepts=MEASURED)
        if "running it once more" not in spent.output:
            return spent
    sys.exit(f"this machine is too busy to measure on; loadgate said:\n{spent.output}")


def memory(pid, field):
    """A line of /proc/PID/status ("VmRSS", "VmHWM") in MB, None once the process is gone."""
    try:
        status = Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return None
    found = re.search(rf"^{field}:\s+(\d+) kB", status, re.MULTILINE)
    return int(found.group(1)) * 1024 / 1e6 if found else None


def connections_to(port):
    """How many established connections lead to this port of 127.0.0.1."""
    target = f"0100007F:{port:04X}"
    rows = (line.split() for line in Path("/proc/net/tcp").read_text().splitlines()[1:])
    return sum(1 for row in rows if row[2] == target and row[3] == "01")


def machine():
    model = re.search(r"^model name\s*:\s*(.*)$", Path("/proc/cpuinfo").read_text(), re.MULTILINE)
    return f"{model.group(1) if model else 'unknown CPU'}, {os.cpu_count()} cores"


def print_table(header, rows):
    print("| " + " | ".join(header) + " |")
    print("|" + "|".join(" --- " if index == 0 else " ---: " for index in range(len(header))) + "|")
    for row in rows:
        print("| " + " | ".join(str(cell) for cell in row) + " |")
    sys.stdout.flush()


def verdict(holds):
    return "yes" if holds else "**no**"
