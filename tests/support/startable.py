"""A small HTTP service for plans to start: it says what it was started with, and ends, hides or
goes deaf as it is told.

    startable.py [--port N] [--die-after SECONDS] [--never-ready] [--deaf] [--daemon] [--say TEXT]
"""

import argparse
import os
import signal
import subprocess
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


def arguments():
    parser = argparse.ArgumentParser()
    parser.add_argument("--port", type=int, default=int(os.environ["PORT"]))
    parser.add_argument("--die-after", type=float, help="exit with 7 so long after the first load")
    parser.add_argument("--never-ready", action="store_true", help="GET /status stays 503")
    parser.add_argument("--deaf", action="store_true", help="do not hear SIGTERM")
    parser.add_argument("--daemon", action="store_true", help="leave a deaf child in a session of its own")
    parser.add_argument("--say", default="")
    return parser.parse_args()


def say(text):
    print(text, flush=True)


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        if self.path == "/status":
            return self.answer(503 if self.server.options.never_ready else 204)
        self.server.loaded.set()
        return self.answer(200)

    def answer(self, status):
        self.send_response(status)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_):
        pass


def die_later(server):
    server.loaded.wait()
    time.sleep(server.options.die_after)
    say("Traceback (most recent call last):")
    say(f"MemoryError: no room for more {server.options.say}")
    os._exit(7)


def main():
    options = arguments()
    signal.signal(signal.SIGTERM, signal.SIG_IGN if options.deaf else lambda *_: sys.exit(0))
    if options.daemon:
        subprocess.Popen(["sh", "-c", "trap '' TERM; setsid sleep 300 & exec sleep 300"],
                         start_new_session=True)
    server = ThreadingHTTPServer(("127.0.0.1", options.port), Handler)
    server.daemon_threads = True
    server.options, server.loaded = options, threading.Event()
    if options.die_after is not None:
        threading.Thread(target=die_later, args=(server,), daemon=True).start()
    say(f"serving on {options.port} in {os.getcwd()} with PORT={os.environ['PORT']} "
        f"COLOUR={os.environ.get('COLOUR')} group {os.getpgrp()}")
    server.serve_forever()


if __name__ == "__main__":
    main()
