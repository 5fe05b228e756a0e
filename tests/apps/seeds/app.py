"""The services of the tutorials that docs/from-locust.md carries over, in one small WSGI app.

It keeps everything in the memory of one process and counts what it was asked, so that a
test can look at GET /_seen: which routes, which messages, how often.
"""

import json
import os
import re
import secrets
import threading
from collections import Counter
from urllib.parse import parse_qs

POSTS, PRODUCTS = 1000, 1000
USERS = {"testuser": "testpass123"}
STATUS = {200: "200 OK", 201: "201 Created", 400: "400 Bad Request", 401: "401 Unauthorized",
          404: "404 Not Found"}


class Memory:
    """What this process knows; shared by gunicorn's threads."""

    def __init__(self):
        self.lock = threading.Lock()
        # One that was handed out beforehand, as API keys are.
        self.tokens = {os.environ.get("SEEDS_TOKEN", "a-token-from-elsewhere")}
        self.requests, self.messages, self.carts = Counter(), Counter(), {}
        self.tokens_used, self.refused, self.posts = Counter(), 0, 0


memory = Memory()


class Refused(Exception):
    def __init__(self, status, why):
        super().__init__(why)
        self.status = status


class Call:
    """One request, as the routes read it."""

    def __init__(self, environ):
        self._environ = environ
        self.method = environ["REQUEST_METHOD"]
        # WSGI hands the decoded path over as Latin-1.
        self.path = environ["PATH_INFO"].encode("latin-1").decode("utf-8")
        self.query = {key: values[0] for key, values in parse_qs(environ["QUERY_STRING"]).items()}

    def json(self):
        length = int(self._environ.get("CONTENT_LENGTH") or 0)
        body = self._environ["wsgi.input"].read(length)
        if self._environ.get("CONTENT_TYPE", "").partition(";")[0] != "application/json":
            raise Refused(400, "Content-Type is not application/json")
        try:
            return json.loads(body)
        except ValueError as error:
            raise Refused(400, f"not JSON: {error}") from None

    def demand_token(self):
        scheme, _, token = self._environ.get("HTTP_AUTHORIZATION", "").partition(" ")
        with memory.lock:
            if scheme != "Bearer" or token not in memory.tokens:
                memory.refused += 1
                raise Refused(401, "no bearer token of ours")
            memory.tokens_used[token] += 1


ROUTES = []


def route(method, pattern):
    def add(answer):
        ROUTES.append((method, re.compile(pattern), answer))
        return answer

    return add


# The messages of traffic.json.


@route("GET", "/")
def list_messages(call):
    with memory.lock:
        return 200, {"messages": sum(memory.messages.values())}


@route("POST", "/")
def take_message(call):
    message = call.json()
    if not isinstance(message, dict) or set(message) != {"name", "msg"}:
        raise Refused(400, "a message has a name and a msg")
    with memory.lock:
        memory.messages[(message["name"], message["msg"])] += 1
    return 201, message


# The blog.


@route("POST", "/api/token/")
def log_in(call):
    who = call.json()
    if USERS.get(who.get("username")) != who.get("password"):
        raise Refused(401, "no such user, or another password")
    token = secrets.token_hex(16)
    with memory.lock:
        memory.tokens.add(token)
    return 200, {"access": token, "refresh": secrets.token_hex(16)}


def post(number):
    return {"id": number, "title": f"Post {number}", "content": "django " * 20}


@route("GET", "/api/posts/")
def list_posts(call):
    word = call.query.get("search", "")
    return 200, {"results": [post(number) for number in range(1, 11) if word in post(number)["content"]]}


@route("GET", r"/api/posts/(\d+)/")
def one_post(call, number):
    if not 1 <= int(number) <= POSTS:
        raise Refused(404, "no such post")
    return 200, post(int(number))


@route("POST", "/api/posts/")
def create_post(call):
    call.demand_token()
    new = call.json()
    if not new.get("title") or not new.get("content"):
        raise Refused(400, "a post has a title and content")
    with memory.lock:
        memory.posts += 1
        return 201, {"id": POSTS + memory.posts, **new}


# The endpoints of "Adding Custom Endpoints".


@route("GET", "/api/your-endpoint")
def your_endpoint(call):
    return 200, {"ok": True}


@route("GET", "/api/protected-endpoint")
def protected_endpoint(call):
    call.demand_token()
    return 200, {"ok": True}


# The films.


@route("GET", "/status")
def status(call):
    return 200, {"status": "up"}


@route("GET", r"/api/id/(tt\d+)")
def film_by_id(call, film):
    return 200, {"id": film, "similar": ["tt0071562", "tt0099674"]}


@route("GET", r"/api/title/([^/]+)/(\d{4})")
def film_by_title(call, title, year):
    return 200, {"title": title, "year": int(year), "similar": ["tt0071562", "tt0099674"]}


# The shop; tests/apps/storefront is the one with a database.


@route("GET", "/store/products/")
def list_products(call):
    collection = int(call.query.get("collection_id", 0))
    if not 2 <= collection <= 6:
        raise Refused(400, "collections are 2 to 6")
    return 200, [{"id": number, "collection": collection} for number in range(1, 11)]


@route("GET", r"/store/products/(\d+)")
def one_product(call, number):
    if not 1 <= int(number) <= PRODUCTS:
        raise Refused(404, "no such product")
    return 200, {"id": int(number)}


@route("POST", "/store/carts/")
def new_cart(call):
    cart = secrets.token_hex(8)
    with memory.lock:
        memory.carts[cart] = []
    return 201, {"id": cart}


@route("POST", r"/store/carts/(\w+)/items/")
def add_item(call, cart):
    item = call.json()
    if not isinstance(item.get("product_id"), int) or not isinstance(item.get("quantity"), int):
        raise Refused(400, "product_id and quantity are whole numbers")
    with memory.lock:
        if cart not in memory.carts:
            raise Refused(404, "no such cart")
        memory.carts[cart].append(item)
    return 201, item


# What the tests ask.


@route("GET", "/_seen")
def seen(call):
    with memory.lock:
        return 200, {
            "requests": dict(memory.requests),
            "messages": [[name, msg, count] for (name, msg), count in memory.messages.items()],
            "tokens_used": dict(memory.tokens_used),
            "refused": memory.refused,
            "posts": memory.posts,
            "carts": memory.carts,
        }


@route("POST", "/_forget")
def forget(call):
    global memory
    memory = Memory()
    return 200, {}


def answer(call):
    if not call.path.startswith("/_"):
        with memory.lock:
            memory.requests[f"{call.method} {call.path}"] += 1
    for method, pattern, handler in ROUTES:
        found = pattern.fullmatch(call.path)
        if found and method == call.method:
            return handler(call, *found.groups())
    raise Refused(404, "no such route")


def application(environ, start_response):
    try:
        status_code, value = answer(Call(environ))
    except Refused as refused:
        status_code, value = refused.status, {"detail": str(refused)}
    body = json.dumps(value).encode()
    start_response(STATUS[status_code], [("Content-Type", "application/json"),
                                         ("Content-Length", str(len(body)))])
    return [body]
