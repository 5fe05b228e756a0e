"""A small shop's API without a database, and what can be wrong with it.

Each route costs a few milliseconds of computing: rows are made, sorted, checked and written
as JSON. `fault.json` beside this file says what is wrong; without it nothing is. Base and
head of a duet are two copies of this folder that differ in nothing else.

  {"work": 1.1}                      every request computes 1.1 times as much
  {"lock_ms": 3}                     every request waits so long within one lock
  {"slow_share": 0.01, "slow_work": 15}   1 % compute 15 times as much: a cold cache
  {"slow_share": 0.01, "slow_ms": 150}    1 % wait so long for somebody else
  {"error_share": 0.01}              1 % are answered with status 500
"""

import hashlib
import json
import random
import threading
import time
from pathlib import Path

FAULT_FILE = Path(__file__).resolve().parent / "fault.json"
FAULT = json.loads(FAULT_FILE.read_text()) if FAULT_FILE.exists() else {}

# Rows that a request of each route makes: 1 to 4 ms. All of them together keep one core half
# busy, so that a fault of a fifth makes nothing queue up without end.
ROWS = {"/products": 5400, "/product": 2700, "/search": 6600, "/cart": 3600, "/orders": 4500}

chance = random.Random()
lock = threading.Lock()


def rows_of(route):
    rows = ROWS[route] * FAULT.get("work", 1)
    if chance.random() < FAULT.get("slow_share", 0):
        time.sleep(FAULT.get("slow_ms", 0) / 1000)
        rows *= FAULT.get("slow_work", 1)
    # The fraction decides by chance, so that on average nothing is rounded.
    return int(rows + chance.random())


def compute(rows, seed):
    """Rows as a service makes them: strings, numbers, an order, a digest, JSON."""
    value, found = seed, []
    for number in range(rows):
        value = (value * 1103515245 + 12345) % 2147483648
        found.append((value % 1000, f"item {number}"))
    found.sort()
    digest = hashlib.sha256(repr(found[:200]).encode()).hexdigest()
    return {"digest": digest, "items": [{"id": key, "name": name} for key, name in found[:10]]}


def application(environ, start_response):
    route = environ["PATH_INFO"]
    if route == "/status":
        return respond(start_response, "200 OK", {"ready": True})
    if route not in ROWS:
        return respond(start_response, "404 Not Found", {})
    if "lock_ms" in FAULT:
        with lock:
            time.sleep(FAULT["lock_ms"] / 1000)
    answer = compute(rows_of(route), sum(environ["QUERY_STRING"].encode()))
    if chance.random() < FAULT.get("error_share", 0):
        return respond(start_response, "500 Internal Server Error", {})
    return respond(start_response, "200 OK", answer)


def respond(start_response, status, value):
    body = json.dumps(value).encode()
    start_response(status, [("Content-Type", "application/json"),
                            ("Content-Length", str(len(body)))])
    return [body]
