"""Servers for every way a request can take: nginx on many doors, haproxy, a forward proxy.

nginx's access log says what came in, so that what is sent is seen and not assumed.
"""

import shlex
import socket

from support.certificates import Authority
from support.nginx import start_nginx
from support.processes import Server, Service, answers, folder_of_its_own, free_port

HTTP = """
  keepalive_timeout {idle};
  log_format all 'port=$server_port status=$status method=$request_method path=$request_uri '
    'protocol=$server_protocol tls=$ssl_protocol resumed=$ssl_session_reused '
    'client="$ssl_client_s_dn" encoding="$http_accept_encoding" host=$http_host via="$http_via" '
    'connection=$connection turn=$connection_requests body=$body_bytes_sent id=$request_id';
  access_log {folder}/access.log all;
  ssl_certificate {certificate};
  ssl_certificate_key {key};
  ssl_protocols TLSv1.2 TLSv1.3;
  gzip on;
  gzip_types *;
  server {{
    listen 127.0.0.1:{plain};
    listen 127.0.0.1:{h2c} http2;
    listen 127.0.0.1:{tls} ssl;
    listen 127.0.0.1:{h2} ssl http2;
    listen unix:{socket};
    {ipv6}
    root {folder}/files;
    location /hop {{ return 302 /small.txt; }}
    location /loop {{ return 302 /loop; }}
    location /unread {{ return 403 "no"; }}
    location /baskets {{ default_type application/json; return 201 '{{"id": "$request_id"}}'; }}
    location /items/ {{ return 200 "there"; }}
  }}
  server {{
    listen 127.0.0.1:{mtls} ssl http2;
    ssl_client_certificate {ca};
    ssl_verify_client on;
    location / {{ return 200 "welcome"; }}
  }}
"""

HAPROXY = """
global
  maxconn 1000
defaults
  mode http
  timeout connect 5s
  timeout client 30s
  timeout server 30s
frontend doors
  bind 127.0.0.1:{h2} ssl crt {both} alpn h2,http/1.1
  bind 127.0.0.1:{mtls} ssl crt {both} ca-file {ca} verify required alpn h2,http/1.1
  default_backend nginx
backend nginx
  server one 127.0.0.1:{nginx}
"""

TINYPROXY = """
Listen 127.0.0.1
Port {port}
Timeout 30
Allow 127.0.0.1
ConnectPort {tls}
MaxClients 100
LogLevel Connect
"""


def has_ipv6():
    try:
        with socket.socket(socket.AF_INET6) as probe:
            probe.bind(("::1", 0))
        return True
    except OSError:
        return False


class Doors(Server):
    """An nginx with a port for each way in, and its certificates."""

    NAMES = ("plain", "h2c", "tls", "h2", "mtls")

    def __init__(self, folder, idle="300s"):
        self.folder = folder_of_its_own(folder, "doors")
        (self.folder / "files").mkdir()
        (self.folder / "files" / "small.txt").write_text("x" * 600)
        (self.folder / "files" / "large.txt").write_text("y" * 100_000)
        self.authority = Authority(self.folder, "our")
        self.certificate, self.key = self.authority.sign(
            "server", ["IP:127.0.0.1", "IP:::1", "DNS:localhost"]
        )
        self.ports = {name: free_port() for name in self.NAMES}
        self.ipv6_port = free_port()
        self.socket = self.folder / "nginx.sock"
        http = HTTP.format(
            folder=self.folder, idle=idle, ca=self.authority.certificate,
            certificate=self.certificate, key=self.key, socket=self.socket, **self.ports,
            ipv6=f"listen [::1]:{self.ipv6_port};" if has_ipv6() else "",
        )
        self._service = start_nginx(self.folder, http, self.ports["mtls"])

    def url(self, name):
        scheme = "http" if name in ("plain", "h2c") else "https"
        return f"{scheme}://127.0.0.1:{self.ports[name]}"

    def seen(self, path="/small.txt"):
        """What was asked for under `path`, as dictionaries. Stops the server."""
        return [request for request in self.all_seen() if request["path"] == path]

    def all_seen(self):
        """Whatever was asked for, in the order of the answers. Stops the server."""
        self.stop()
        lines = (self.folder / "access.log").read_text().splitlines()
        return [dict(word.split("=", 1) for word in shlex.split(line)) for line in lines]


class Haproxy(Server):
    """TLS in front of a Doors' plain port: with HTTP/2, and with client certificates."""

    def __init__(self, doors):
        both = doors.folder / "both.pem"
        both.write_text(doors.certificate.read_text() + doors.key.read_text())
        self.ports = {"h2": free_port(), "mtls": free_port()}
        config = doors.folder / "haproxy.cfg"
        config.write_text(HAPROXY.format(
            both=both, ca=doors.authority.certificate, nginx=doors.ports["plain"], **self.ports
        ))
        self._service = Service(
            "haproxy", ["haproxy", "-db", "-f", config], log=doors.folder / "haproxy.log"
        ).wait_ready(lambda: answers(self.ports["mtls"]))

    def url(self, name):
        return f"https://127.0.0.1:{self.ports[name]}"


class ForwardProxy(Server):
    """A tinyproxy that opens tunnels to a Doors' TLS port."""

    def __init__(self, doors):
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        config = doors.folder / "tinyproxy.conf"
        config.write_text(TINYPROXY.format(port=self.port, tls=doors.ports["tls"]))
        self._service = Service(
            "tinyproxy", ["tinyproxy", "-d", "-c", config], log=doors.folder / "tinyproxy.log"
        ).wait_ready(lambda: answers(self.port))

    def log(self):
        return self._service.log.read_text()
