"""A run with a live page: where it is, what its events say, what a browser sees of it."""

import http.client
import json
import re
import subprocess
from urllib.parse import urlsplit

from support.loadgate import REPO
from support.processes import marked_environment, wait_until

NAVIGATOR = REPO / "tests/support/watch_live_page.mjs"


def read_url(running):
    """The address that loadgate prints first; the rest of standard error stays unread."""
    line = running.process.stderr.readline()
    found = re.fullmatch(r"live page: (http://\S+)\n", line)
    assert found, line
    return found.group(1)


class Page:
    """A live page as programs see it."""

    def __init__(self, url):
        self.url = url
        parts = urlsplit(url)
        self.host, self.port = parts.hostname, parts.port
        self.query = f"?{parts.query}" if parts.query else ""

    def ask(self, path, method="GET", query=None, **headers):
        """The status and the body."""
        connection = http.client.HTTPConnection(self.host, self.port, timeout=10)
        try:
            connection.request(method, path + (self.query if query is None else query),
                               headers=headers)
            answer = connection.getresponse()
            return answer.status, answer.read().decode()
        finally:
            connection.close()

    def stop(self):
        return self.ask("/stop", "POST", Origin=f"http://{self.host}:{self.port}")

    def events(self, wanted=None, as_page=False):
        """(name, data) of each event as it comes, to the end of the stream or after `wanted`.

        Who asks `as_page` is waited for at the end: it could come back for the report.
        """
        connection = http.client.HTTPConnection(self.host, self.port, timeout=20)
        try:
            query = self.query
            if as_page:
                query = f"{query}&page=1" if query else "?page=1"
            connection.request("GET", "/events" + query)
            answer = connection.getresponse()
            assert answer.status == 200, answer.read()
            name, count = None, 0
            for line in answer:
                if line.startswith(b"event: "):
                    name = line[7:].strip().decode()
                elif line.startswith(b"data: "):
                    yield name, json.loads(line[6:])
                    count += 1
                    if count == wanted:
                        return
        finally:
            connection.close()

    def wait_for_seconds(self, count):
        """Until that many seconds of the run were told."""
        def told():
            return next(self.events(wanted=1))[1]["points"]
        return wait_until(lambda: len(told()) >= count, 20, f"{count} seconds of the run")


def browse(url, **wishes):
    """What a person at a browser saw, to the report at the end."""
    done = subprocess.run(
        ["node", NAVIGATOR, json.dumps({"url": url, **wishes})], cwd=REPO / "tests",
        capture_output=True, text=True, timeout=60, env=marked_environment(),
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return json.loads(done.stdout)
