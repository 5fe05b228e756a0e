"""The Django shop of tests/apps/storefront: its database once, its web server as often as wanted."""

import os
import subprocess
import urllib.error
import urllib.request
from pathlib import Path

from support.postgres import Postgres
from support.processes import Failed, Service, folder_of_its_own, free_port, marked_environment

APP = Path(__file__).resolve().parents[1] / "apps" / "storefront"
PYTHON = "/usr/bin/python3"  # The one that apt's Django and gunicorn belong to.


class Storefront:
    """A filled shop. start() and stop() its web server; close() ends everything."""

    def __init__(self, folder, port=None):
        self.port = port or free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self._log = folder_of_its_own(folder, "storefront") / "gunicorn.log"
        self._web = None
        self._database = Postgres(folder)
        try:
            self._database.create_database("storefront")
            self._manage("migrate", "-v", "0")
            self._manage("seed")
        except BaseException:
            self._database.stop()
            raise

    def environment(self, n_plus_one=False):
        """What its programs need to find the database."""
        return {
            "STOREFRONT_DB_HOST": str(self._database.host),
            "STOREFRONT_DB_PORT": str(self._database.port),
            "STOREFRONT_DB_USER": self._database.user,
            "STOREFRONT_N_PLUS_ONE": "1" if n_plus_one else "0",
            "PYTHONDONTWRITEBYTECODE": "1",
        }

    def _manage(self, *command):
        done = subprocess.run(
            [PYTHON, "manage.py", *command], cwd=APP, timeout=60,
            env=marked_environment(self.environment()), capture_output=True, text=True,
        )
        if done.returncode != 0:
            raise Failed(f"manage.py {' '.join(command)} failed:\n{done.stderr}")

    def start(self, n_plus_one=False):
        self._web = Service(
            "gunicorn",
            [PYTHON, "-m", "gunicorn", "--config", "gunicorn.conf.py",
             "--bind", f"127.0.0.1:{self.port}", "wsgi:application"],
            log=self._log, cwd=APP, env=self.environment(n_plus_one),
        ).wait_ready(self._serves)
        self._warm_up()

    def _serves(self):
        try:
            with urllib.request.urlopen(f"{self.url}/store/products/1", timeout=5) as answer:
                return answer.status == 200
        except (urllib.error.URLError, OSError):
            return False

    def _warm_up(self):
        """First requests import modules and connect to the database: not what is measured."""
        for number in range(60):
            for path in (f"products/?collection_id={2 + number % 5}", f"products/{number + 1}"):
                urllib.request.urlopen(f"{self.url}/store/{path}", timeout=5).read()

    def stop(self):
        if self._web:
            self._web.stop()
            self._web = None

    def close(self):
        try:
            self.stop()
        finally:
            self._database.stop()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()
