"""The service that tests/fixtures/shop.har was recorded with, strict about what it is sent."""

import json
import threading
import uuid
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs

USER, PASSWORD = "ada", "a new/password & more"
KEY, CLIENT_SECRET = "live_key_of_today", "secret-of-today"

LOGIN = """<!doctype html>
<form method="post" action="/login/">
<input type="hidden" name="csrfmiddlewaretoken" value="{}">
<input name="username"><input name="password" type="password">
</form>
"""


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def do_GET(self):
        self.answer()

    def do_POST(self):
        self.answer()

    def answer(self):
        path, _, query = self.path.partition("?")
        self.body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
        status, headers, text = self.route(path, query)
        with self.server.lock:
            self.server.seen.append(f"{status} {self.command} {self.path}")
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text.encode())

    def route(self, path, query):
        known = self.server.handed_out
        html, plain = {"Content-Type": "text/html"}, {"Content-Type": "application/json"}
        if (self.command, path) == ("GET", "/login/"):
            return 200, html | {"Set-Cookie": "csrftoken=1; Path=/"}, LOGIN.format(self.new())
        if path == "/login/":
            form = {name: values[0] for name, values in parse_qs(self.body).items()}
            ok = form.pop("csrfmiddlewaretoken", None) in known and form == {
                "username": USER, "password": PASSWORD, "remember": "on"}
            cookie = {"Set-Cookie": f"sessionid={self.new()}; Path=/; HttpOnly"}
            return (302, {"Location": "/account/"} | cookie, "") if ok else (403, plain, "")
        if path == "/account/":
            ok = any(f"sessionid={one}" in self.headers.get("Cookie", "") for one in known)
            return (200 if ok else 403), html, "<h1>Hello Ada</h1>"
        if path == "/api/token/":
            ok = self.headers.get("X-Api-Key") == KEY and json.loads(self.body) == {
                "username": USER, "password": PASSWORD,
                "client": {"client_secret": CLIENT_SECRET, "version": 2}}
            return (200 if ok else 401), plain, json.dumps({"access": self.new()})
        if self.headers.get("Authorization", "").removeprefix("Bearer ") not in known:
            return 401, plain, "{}"
        if path == "/api/items":
            return (200 if query == "collection=4&q=red+shoes&page=1" else 400), plain, "{}"
        if path == "/api/items/42":
            return 200, plain, "{}"
        if path.startswith("/api/carts/") and self.command == "POST":
            note = json.loads(self.body)["note"]
            return (201 if note == "price is ${5}, ask {{ us }}: yes" else 400), plain, "{}"
        return 404, plain, "{}"

    def new(self):
        value = uuid.uuid4().hex
        with self.server.lock:
            self.server.handed_out.add(value)
        return value


class RecordedShop:
    def __enter__(self):
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self._server.lock = threading.Lock()
        self._server.seen, self._server.handed_out = [], set()
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_):
        self._server.shutdown()
        self._server.server_close()

    def seen(self):
        """ "status METHOD /path" of every request, in order."""
        with self._server.lock:
            return list(self._server.seen)
