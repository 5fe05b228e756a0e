"""A PostgreSQL of its own in a folder, on a unix socket and a free port; fast, not safe."""

import os
import pwd
import shutil
import signal
import subprocess
from pathlib import Path

from support.processes import Failed, Service, folder_of_its_own, free_port

# Neither the disk nor housekeeping shall add noise to what the tests measure.
SETTINGS = {
    "listen_addresses": "",
    "fsync": "off",
    "full_page_writes": "off",
    "synchronous_commit": "off",
    "autovacuum": "off",
    "checkpoint_timeout": "1h",
    "max_wal_size": "1GB",
    "shared_buffers": "32MB",
    "jit": "off",
}


def _program(name):
    versions = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parts[-2]))
    if not versions:
        raise Failed("PostgreSQL is not installed: run scripts/install-dependencies test")
    return versions[-1] / name


class Postgres:
    """`host` (a folder) and `port` are what clients need; `user` is the database's owner."""

    user = "postgres"

    def __init__(self, folder):
        self.host, self.port = folder_of_its_own(folder, "postgres"), free_port()
        data = self.host / "data"
        # initdb refuses to be root.
        account = "postgres" if os.getuid() == 0 else None
        if account:
            owner = pwd.getpwnam(account)
            os.chown(self.host, owner.pw_uid, owner.pw_gid)
        made = subprocess.run(
            [_program("initdb"), "-D", data, "-U", self.user, "-A", "trust", "-N",
             "--locale=C", "--encoding=UTF8"],
            capture_output=True, text=True, timeout=60, user=account, cwd="/",
        )
        if made.returncode != 0:
            raise Failed(f"initdb failed:\n{made.stdout}{made.stderr}")
        options = [word for key, value in SETTINGS.items() for word in ("-c", f"{key}={value}")]
        socket = self.host / f".s.PGSQL.{self.port}"
        # SIGINT is PostgreSQL's fast shutdown; SIGTERM would wait for clients.
        self._service = Service(
            "postgres", [_program("postgres"), "-D", data, "-k", self.host, "-p", self.port, *options],
            log=self.host.with_suffix(".log"), user=account, cwd="/", stop_signal=signal.SIGINT,
        ).wait_ready(lambda: socket.exists() and self._accepts())

    def _accepts(self):
        asked = subprocess.run(
            [_program("pg_isready"), "-q", "-h", self.host, "-p", str(self.port)], timeout=10
        )
        return asked.returncode == 0

    def create_database(self, name):
        subprocess.run(
            [_program("createdb"), "-h", self.host, "-p", str(self.port), "-U", self.user, name],
            check=True, timeout=30,
        )

    def stop(self):
        self._service.stop()
        shutil.rmtree(self.host, ignore_errors=True)
