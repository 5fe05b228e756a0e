"""An nginx of its own: a small static file, a 50 ms sleep, and a count of what it served."""

import contextlib
import getpass
import os
import signal
from pathlib import Path

from support.processes import Server, Service, answers, folder_of_its_own, free_port

ECHO_MODULE = Path("/usr/lib/nginx/modules/ngx_http_echo_module.so")

# Of every nginx here; `http` is what its tests want of it.
FRAME = """
{modules}
user {user};
daemon off;
worker_processes 1;
pid {folder}/nginx.pid;
error_log stderr warn;
events {{ worker_connections 8192; }}
http {{
  default_type text/plain;
  keepalive_requests 100000000;
  client_body_temp_path {folder}/body;
  proxy_temp_path {folder}/proxy;
  fastcgi_temp_path {folder}/fastcgi;
  uwsgi_temp_path {folder}/uwsgi;
  scgi_temp_path {folder}/scgi;
  {http}
}}
"""

HTTP = """
  keepalive_timeout 300s;
  log_format count '$status $request_method $uri';
  log_format moments '$msec $request_time $uri';
  access_log {folder}/access.log count buffer=64k;
  server {{
    listen 127.0.0.1:{port} backlog=4096;
    root {folder}/files;
    location /sleep50 {{ echo_sleep 0.05; echo ok; }}
    location /created {{ return 201 '{{"id": 7}}'; }}
    location /broken {{ return 500 '<b>out of order</b>\x1b[31m'; }}
    {locations}
  }}
"""


def start_nginx(folder, http, port, modules=""):
    """The Service, with all of its files in `folder`, once it answers on `port`."""
    config = folder / "nginx.conf"
    config.write_text(
        FRAME.format(modules=modules, user=getpass.getuser(), folder=folder, http=http)
    )
    return Service(
        "nginx", ["nginx", "-p", folder, "-c", config, "-e", "stderr"],
        log=folder / "nginx.log", stop_signal=signal.SIGQUIT,
    ).wait_ready(lambda: answers(port))


class Nginx(Server):
    def __init__(self, folder, locations=""):
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self._folder = folder_of_its_own(folder, "nginx")
        (self._folder / "files").mkdir()
        self.put("small.txt", "x" * 600)
        http = HTTP.format(folder=self._folder, port=self.port, locations=locations)
        self._service = start_nginx(
            self._folder, http, self.port, modules=f"load_module {ECHO_MODULE};"
        )

    def kill(self):
        """Ends at once, requests in flight included, as a crash would."""
        self._service.kill()

    @contextlib.contextmanager
    def stopped(self):
        """Stands still as a whole, and goes on afterwards."""
        master = self._service.process.pid
        children = Path(f"/proc/{master}/task/{master}/children").read_text().split()
        pids = [master, *map(int, children)]
        try:
            for pid in pids:
                os.kill(pid, signal.SIGSTOP)
            yield
        finally:
            for pid in pids:
                os.kill(pid, signal.SIGCONT)

    def put(self, name, text):
        """Another static file, at /name."""
        (self._folder / "files" / name).write_text(text)

    def served(self):
        """The lines of the access log, whole only after stop(): "200 GET /small.txt"."""
        return (self._folder / "access.log").read_text().splitlines()

    def moments(self):
        """When requests began and what they asked for, of locations that log `moments`."""
        log = self._folder / "moments.log"
        lines = [line.split() for line in log.read_text().splitlines()] if log.exists() else []
        moments = [(float(end) - float(length), path) for end, length, path in lines]
        return sorted(moments, key=lambda moment: moment[0])
