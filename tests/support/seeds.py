"""The tutorials' services of tests/apps/seeds, and what they were asked."""

import json
import urllib.request
from pathlib import Path

from support.processes import Server, Service, answers, folder_of_its_own, free_port

APP = Path(__file__).resolve().parents[1] / "apps" / "seeds"
PYTHON = "/usr/bin/python3"  # The one that apt's gunicorn belongs to.


class Seeds(Server):
    TOKEN = "a-token-for-tests-only"

    def __init__(self, folder):
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self._service = Service(
            "gunicorn",
            [PYTHON, "-B", "-m", "gunicorn", "--config", "gunicorn.conf.py",
             "--bind", f"127.0.0.1:{self.port}", "app:application"],
            log=folder_of_its_own(folder, "seeds") / "gunicorn.log", cwd=APP,
            env={"SEEDS_TOKEN": self.TOKEN},
        ).wait_ready(lambda: answers(self.port))

    def _call(self, path, data=None):
        with urllib.request.urlopen(self.url + path, data=data, timeout=5) as answer:
            return json.load(answer)

    def seen(self):
        return self._call("/_seen")

    def forget(self):
        self._call("/_forget", data=b"")
