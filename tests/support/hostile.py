"""Text that tries to be an order for whoever shows it, and a service that answers with it."""

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

# One line, as a name in a plan may be.
NAME = ("::error file=a::forged ##[error]old `tick` ```fence | <b onclick=x>bold</b> <!-- "
        "@octocat $x$ ${{ github.token }} [link](http://evil.example) =1+1 \"quote\" \\ ,")

# What a server may send: lines of orders, escapes of a terminal, the end of every block.
BODY = "\n".join([
    "::error::forged by a server",
    " ::stop-commands::guess",
    "::set-output name=verdict::passed",
    "##[error]forged in the old way",
    "```",
    "````",
    "</details></td></table><script>alert(1)</script><img src=x onerror=alert(1)>",
    "| a | b |\n|---|---|\n| c | d |",
    "# A heading\n@octocat https://evil.example ${{ secrets.TOKEN }} `id`",
    "\x1b[31mred\x1b]0;title\x07\r::error::behind a return\u202ereversed",
    "]]>&amp;{{{css}}}",
])


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        body = BODY.encode()
        self.send_response(500 if self.path.startswith("/broken") else 200)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("X-Note", "::error::a header")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


class HostileService:
    def __enter__(self):
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_):
        self._server.shutdown()
        self._server.server_close()
