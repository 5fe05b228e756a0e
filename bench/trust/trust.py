"""What the scripts of bench/trust share: subjects, faults, noise, loadgate, the files they keep."""

import gzip
import json
import os
import shutil
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path

HERE = Path(__file__).resolve().parent
REPO = HERE.parents[1]
sys.path.insert(0, str(REPO / "tests"))
sys.dont_write_bytecode = True
from support.processes import die_with_parent, marked_environment  # noqa: E402
from support.storefront import APP as STOREFRONT, Storefront  # noqa: E402

BUILD = REPO / os.environ.get("LOADGATE_BUILD", "build/release")
RECORDED = HERE / "recorded"
GATES = HERE / "gates.jsonl"
CALIBRATION = HERE / "calibration.json"

# What fault.json of the service says, before calibration. "work" is scaled so that CPU time
# for a request rises by the named share, "lock" so that p95 of all requests rises by a fifth.
FAULTS = {
    "none": {},
    "cpu5": {"work": 1.05},
    "cpu10": {"work": 1.10},
    "cpu20": {"work": 1.20},
    "lock": {"lock_ms": 1.0},
    "slow-computing": {"slow_share": 0.01, "slow_work": 15},
    "slow-waiting": {"slow_share": 0.01, "slow_ms": 150},
    "errors": {"error_share": 0.01},
}
WORDS = {
    "none": "nothing (A/A)",
    "cpu5": "CPU +5 %",
    "cpu10": "CPU +10 %",
    "cpu20": "CPU +20 %",
    "lock": "a lock, p95 +20 %",
    "slow-computing": "1 % slow path, computing",
    "slow-waiting": "1 % slow path, waiting",
    "errors": "1 % errors",
    "n-plus-one": "a query for each row (storefront)",
}


class Cell:
    """One row of the proof: which subject, what is wrong with head, whether there is noise."""

    def __init__(self, subject, fault, is_noisy):
        self.subject, self.fault, self.is_noisy = subject, fault, is_noisy
        self._lines = None

    @property
    def name(self):
        return f"{self.subject}-{self.fault}-{'noisy' if self.is_noisy else 'quiet'}"

    def what_is_wrong(self):
        """fault.json of head, with the size that calibrate measured; of the storefront a flag."""
        if self.subject == "storefront":
            return self.fault == "n-plus-one"
        fault = dict(FAULTS[self.fault])
        if CALIBRATION.exists():
            fault.update(json.loads(CALIBRATION.read_text())["faults"].get(self.fault, {}))
        return fault

    @property
    def file(self):
        return RECORDED / f"{self.name}.jsonl.gz"

    def lines(self):
        if self._lines is None:
            self._lines = []
            if self.file.exists():
                with gzip.open(self.file, "rt") as lines:
                    self._lines = lines.read().splitlines()
        return self._lines

    def append(self, line):
        """Whole or not at all: a recording takes minutes."""
        RECORDED.mkdir(exist_ok=True)
        self.lines().append(line.strip())
        text = "".join(each + "\n" for each in self.lines())
        partial = self.file.with_suffix(".partial")
        # No time inside, so that the same recordings are the same bytes.
        with open(partial, "wb") as out, gzip.GzipFile("", "wb", 9, out, mtime=0) as packed:
            packed.write(text.encode())
        partial.replace(self.file)


class DuetCell(Cell):
    """Duets: their verdicts stand in gates.jsonl, their epochs are recorded."""

    @property
    def wanted(self):
        """Epochs and gates. The machine that counts is a noisy one: of faults on a quiet one
        there are fewer."""
        if self.fault == "none" and self.subject == "service":
            return 300, 30
        return (54, 9) if self.is_noisy else (6, 1)

    def epochs(self):
        return sum(len(json.loads(line)["times"]) for line in self.lines())

    def spoilt(self):
        return sum(json.loads(line)["spoilt"] for line in self.lines())

    def gates(self):
        return [gate for gate in noted_gates() if gate["cell"] == self.name]

    def part(self):
        """A cell whose gates give no epochs does not keep the others waiting for ever."""
        epochs, gates = self.wanted
        count = len(self.gates())
        return max(min(self.epochs() / epochs, count / gates), count / gates / 5)

    def progress(self):
        epochs, gates = self.wanted
        return f"{self.epochs():4} of {epochs:3} epochs, {len(self.gates()):3} of {gates:2} gates"


class RunCell(Cell):
    """Runs one after the other, for gates beside a stored baseline. The subject's name says
    so: `stored`, which is the small service."""

    @property
    def wanted(self):
        if self.fault != "none":
            return 12
        return 60 if self.is_noisy else 30

    def part(self):
        return len(self.lines()) / self.wanted

    def progress(self):
        return f"{len(self.lines()):4} of {self.wanted:3} runs"


def cells():
    for is_noisy in (False, True):
        for fault in FAULTS:
            yield DuetCell("service", fault, is_noisy)
        yield DuetCell("storefront", "none", is_noisy)
        yield DuetCell("storefront", "n-plus-one", is_noisy)
        yield RunCell("stored", "none", is_noisy)
    for fault in ("cpu10", "cpu20", "lock", "errors"):
        yield RunCell("stored", fault, True)


def chosen_cells(names):
    found = list(cells())
    if not names:
        return found
    unknown = set(names) - {cell.name for cell in found}
    if unknown:
        sys.exit(f"there is no {', '.join(sorted(unknown))}; there are:\n" +
                 "\n".join(cell.name for cell in found))
    return [cell for cell in found if cell.name in names]


def program(name, target):
    path = BUILD / name
    if not path.exists():
        sys.exit(f"there is no {path.relative_to(REPO)}: cmake --build {BUILD.relative_to(REPO)} "
                 f"--target {target}")
    return path


def loadgate():
    return program("loadgate", "loadgate")


def gates(*arguments, stdin):
    """Lines of JSON from trust_gates."""
    words = [program("bench/trust/trust_gates", "trust_gates"), *map(str, arguments)]
    done = subprocess.run(words, input=stdin, text=True, capture_output=True, timeout=3600)
    if done.returncode != 0:
        raise RuntimeError(f"trust_gates {' '.join(map(str, arguments))}: {done.stderr.strip()}")
    return done.stdout


def noted_gates():
    """What record has noted, a gate an item."""
    if not GATES.exists():
        return []
    return [json.loads(line) for line in GATES.read_text().splitlines()]


def copy_of_service(folder, fault):
    shutil.copytree(HERE / "service", folder, ignore=shutil.ignore_patterns("__pycache__"))
    if fault:
        (folder / "fault.json").write_text(json.dumps(fault))
    return folder


def copy_of_storefront(folder, is_faulty):
    shutil.copytree(STOREFRONT, folder, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(HERE / "storefront" / "plan.yaml", folder)
    start = folder / "start"
    start.write_text("#!/bin/sh\n"
                     f"export STOREFRONT_N_PLUS_ONE={int(is_faulty)}\n"
                     "exec /usr/bin/python3 -B -m gunicorn --config gunicorn.conf.py "
                     '--bind "127.0.0.1:$1" wsgi:application\n')
    start.chmod(0o755)
    return folder


@contextmanager
def two_builds(subject, wrong):
    """Folders of base and head, and what their environment needs."""
    with tempfile.TemporaryDirectory(prefix="trust-") as name:
        folder = Path(name)
        folder.chmod(0o755)  # PostgreSQL runs as another user when we are root.
        if subject == "service":
            yield (copy_of_service(folder / "base", {}),
                   copy_of_service(folder / "head", wrong), {})
            return
        with Storefront(folder) as shop:
            yield (copy_of_storefront(folder / "base", False),
                   copy_of_storefront(folder / "head", wrong), shop.environment())


@contextmanager
def noise(is_wanted, seed, seconds):
    """The noise generator beside what is measured, for at most so long."""
    if not is_wanted:
        yield
        return
    burner = subprocess.Popen([HERE / "noise", "--seed", str(seed), "--seconds", str(seconds)],
                              preexec_fn=die_with_parent)
    try:
        yield
    finally:
        burner.terminate()
        burner.wait(10)


def run_loadgate(words, folder, environment):
    """The finished process, and result.json as text where there is one."""
    out = folder / "loadgate-results"
    done = subprocess.run(
        [loadgate(), *words, "--out", out, "--color", "never"], cwd=folder,
        env=marked_environment(environment), capture_output=True, text=True, timeout=600,
        preexec_fn=die_with_parent)
    result = out / "result.json"
    return done, result.read_text() if result.exists() else None


def run_duet(subject, wrong, is_noisy, seed, more=()):
    with two_builds(subject, wrong) as (base, head, environment), noise(is_noisy, seed, 600):
        return run_loadgate(["duet", head / "plan.yaml", "--base-dir", base, "--head-dir", head,
                             "--seed", str(seed), *more], head, environment)


def run_alone(wrong, is_noisy, seed):
    """One `loadgate run` of the small service, which no baseline judges."""
    with tempfile.TemporaryDirectory(prefix="trust-") as name, noise(is_noisy, seed, 600):
        head = copy_of_service(Path(name) / "head", wrong)
        return run_loadgate(["run", head / "stored.yaml", "--no-baseline", "--seed", str(seed)],
                            head, {})
