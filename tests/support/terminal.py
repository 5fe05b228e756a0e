"""A terminal of so many columns, and what a program drew on it."""

import fcntl
import os
import pty
import select
import signal
import struct
import termios
import time

from support.processes import marked_environment

CLEAN = {"TERM": "xterm"}
# Switches of the caller's own terminal, and of the CI the tests run in.
SWITCHES = ("NO_COLOR", "CLICOLOR_FORCE", "GITHUB_ACTIONS", "CI", "COLUMNS", "LINES")


class OnTerminal:
    """A program with a terminal for input, output and errors; use as a context."""

    def __init__(self, arguments, cwd, columns=80, env=None):
        environment = {**marked_environment(), **CLEAN}
        for name in SWITCHES:
            environment.pop(name, None)
        environment.update(env or {})
        self.drawn = ""
        self.pid, self._terminal = pty.fork()
        if self.pid == 0:
            # Before anything asks how wide it is.
            size = struct.pack("HHHH", 50, columns, 0, 0)
            fcntl.ioctl(0, termios.TIOCSWINSZ, size)
            os.chdir(cwd)
            os.execvpe(str(arguments[0]), [str(one) for one in arguments], environment)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.code is None:
            os.kill(self.pid, signal.SIGKILL)
            os.waitpid(self.pid, 0)
        os.close(self._terminal)

    code = None

    def _read(self, seconds):
        ready, _, _ = select.select([self._terminal], [], [], seconds)
        if not ready:
            return False
        try:
            chunk = os.read(self._terminal, 65536)
        except OSError:  # The other end is closed.
            return None
        self.drawn += chunk.decode(errors="replace")
        return bool(chunk) or None

    def type(self, text):
        os.write(self._terminal, text.encode())

    def wait_for(self, text, within=10):
        """Until `text` was drawn since the last call; all that was."""
        deadline = time.monotonic() + within
        while text not in self.drawn:
            left = deadline - time.monotonic()
            assert left > 0 and self._read(left) is not None, f"no {text!r} in {self.drawn!r}"
        drawn, self.drawn = self.drawn, ""
        return drawn

    def wait(self, within=60):
        """Until it ended; its exit code."""
        deadline = time.monotonic() + within
        while self._read(max(0, deadline - time.monotonic())) is not None:
            assert time.monotonic() < deadline, f"still there after {within} s: {self.drawn!r}"
        self.code = os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])
        return self.code


def lines_of(drawn):
    return drawn.replace("\r\n", "\n").split("\n")
