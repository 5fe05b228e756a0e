"""A small HTTP service that spends a known CPU time on each request, for plans to start or watch.

    burning.py [--port N] [--milliseconds CPU] [--megabytes N] [--workers N] [--fork]

With --workers so many processes take the requests; with --fork each request is the work of a
process of its own, which ends with it.
"""

import argparse
import os
import signal
import socket
import time
from http.server import BaseHTTPRequestHandler, HTTPServer


def arguments():
    parser = argparse.ArgumentParser()
    parser.add_argument("--port", type=int, default=int(os.environ.get("PORT", 0)))
    parser.add_argument("--milliseconds", type=float, default=5)
    parser.add_argument("--megabytes", type=int, default=0)
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--fork", action="store_true")
    return parser.parse_args()


def burn(seconds):
    begin = time.process_time()
    while time.process_time() - begin < seconds:
        pass


class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        if self.path == "/":
            self.server.work()
        self.send_response(200)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_):
        pass


class Server(HTTPServer):
    request_queue_size = 64

    def __init__(self, options):
        super().__init__(("127.0.0.1", options.port), Handler)
        self.options = options
        self.memory = b"x" * (options.megabytes << 20)

    def work(self):
        seconds = self.options.milliseconds / 1000
        if not self.options.fork:
            return burn(seconds)
        worker = os.fork()
        if worker == 0:
            burn(seconds)
            os._exit(0)
        os.waitpid(worker, 0)


def main():
    options = arguments()
    server = Server(options)
    workers = []
    for _ in range(options.workers - 1):
        worker = os.fork()
        if worker == 0:
            break
        workers.append(worker)

    def end(*_):
        for worker in workers:
            os.kill(worker, signal.SIGTERM)
        os._exit(0)

    signal.signal(signal.SIGTERM, end)
    # Only one of them gets a connection that wakes them all.
    server.socket.setblocking(False)
    server.get_request = lambda: blocking(server.socket.accept())
    server.serve_forever()


def blocking(accepted):
    connection, address = accepted
    connection.setblocking(True)
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return connection, address


if __name__ == "__main__":
    main()
