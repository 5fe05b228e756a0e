"""Real processes for tests: started on free ports, stopped by their id, none left behind."""

import ctypes
import os
import signal
import socket
import subprocess
import tempfile
import time
import uuid
from pathlib import Path

# Everything a test starts inherits this, so that what outlives the tests is found.
MARK = "LOADGATE_TEST"
_mark_value = uuid.uuid4().hex
_PR_SET_PDEATHSIG = 1
_ports = set()


class Failed(Exception):
    """A service did not start or stop as it should."""


def free_port():
    """Never the same twice: the system hands out again what nobody listens on yet."""
    while True:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        if port not in _ports:
            _ports.add(port)
            return port


def folder_of_its_own(parent, name):
    return Path(tempfile.mkdtemp(prefix=f"{name}-", dir=parent))


def wait_until(condition, within, what):
    """Returns the first true value of `condition()`."""
    deadline = time.monotonic() + within
    while True:
        value = condition()
        if value:
            return value
        if time.monotonic() > deadline:
            raise Failed(f"{what}: not within {within} s")
        time.sleep(0.02)


def answers(port):
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex(("127.0.0.1", port)) == 0


def marked_environment(more=None):
    return {**os.environ, **(more or {}), MARK: _mark_value}


def die_with_parent():
    """For preexec_fn: also a parent that is killed leaves nothing running."""
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)


class Service:
    """A server in a process group of its own; what it says goes to `log`."""

    def __init__(self, name, command, log, env=None, cwd=None, user=None,
                 stop_signal=signal.SIGTERM):
        self.name, self.log, self._stop_signal = name, Path(log), stop_signal
        with open(self.log, "ab") as output:
            self.process = subprocess.Popen(
                [str(word) for word in command],
                stdin=subprocess.DEVNULL, stdout=output, stderr=output,
                env=marked_environment(env), cwd=cwd, user=user,
                start_new_session=True, preexec_fn=die_with_parent,
            )

    def wait_ready(self, condition, within=20):
        def ready_or_dead():
            if self.process.poll() is not None:
                raise Failed(f"{self.name} ended with {self.process.returncode}:\n{self.tail()}")
            return condition()

        try:
            wait_until(ready_or_dead, within, f"{self.name} ready")
        except Failed as failure:
            self.stop()
            raise Failed(f"{failure}\n{self.tail()}") from None
        return self

    def tail(self):
        return self.log.read_text(errors="replace")[-2000:]

    def stop(self, within=10):
        if self.process.poll() is None:
            self.process.send_signal(self._stop_signal)
        try:
            self.process.wait(within)
        except subprocess.TimeoutExpired:
            self.kill()
            raise Failed(f"{self.name} had to be killed:\n{self.tail()}") from None

    def kill(self):
        """At once, the whole process group."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(10)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stop()


class Server:
    """What tests call by the name of its program; `_service` is what runs."""

    _service = None

    def stop(self):
        self._service.stop()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stop()


def carrying(name, value):
    """Command lines of running processes that inherited this variable; not ours."""
    found = []
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit() or int(entry.name) == os.getpid():
            continue
        try:
            if f"{name}={value}".encode() in (entry / "environ").read_bytes().split(b"\0"):
                words = (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode()
                found.append(f"{entry.name}: {words}")
        except OSError:  # Gone meanwhile, or another user's.
            continue
    return found


def leftovers():
    """Processes that descend from these tests and still run."""
    return carrying(MARK, _mark_value)
