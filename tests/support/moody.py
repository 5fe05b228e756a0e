"""An HTTP service for plans to start that is slow in some of its lives: each start is counted in
a file, and those that SLOW_STARTS names ("4,5") answer after 200 ms instead of 20: no busy machine
explains that.

    moody.py COUNT_FILE
"""

import os
import sys
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path


def count_start(file):
    starts = int(file.read_text()) + 1 if file.exists() else 1
    file.write_text(str(starts))
    return starts


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        time.sleep(self.server.pause)
        self.send_response(200)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_):
        pass


def main():
    start = count_start(Path(sys.argv[1]))
    slow = start in [int(word) for word in os.environ.get("SLOW_STARTS", "").split(",") if word]
    server = ThreadingHTTPServer(("127.0.0.1", int(os.environ["PORT"])), Handler)
    server.daemon_threads = True
    server.pause = 0.2 if slow else 0.02
    server.serve_forever()


if __name__ == "__main__":
    main()
