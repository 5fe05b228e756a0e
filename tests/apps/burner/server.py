"""A small HTTP service whose builds differ by what lies in their folder: build.json says how much
CPU work an answer takes, which routes there are, and whether it goes wrong.

    { "work": 200, "routes": ["/", "/items"], "errors": 0.0, "die_after": null }

`work` is in thousands of bytes hashed for each answer; `errors` is the share of answers of the
first route that are 500; `die_after` is the number of answers after which the process ends.
"""

import asyncio
import hashlib
import itertools
import json
import os
import pathlib
import random
import sys

BUILD = {"work": 200, "routes": ["/"], "errors": 0.0, "die_after": None,
         **json.loads(pathlib.Path("build.json").read_text())}
BLOCK = b"x" * 1000 * BUILD["work"]
ANSWERED = itertools.count(1)
CHANCE = random.Random(1)


def answer(path):
    if path not in BUILD["routes"]:
        return 404
    hashlib.sha256(BLOCK).digest()
    if BUILD["die_after"] and next(ANSWERED) > BUILD["die_after"]:
        print("MemoryError: no room for more", flush=True)
        os._exit(7)
    return 500 if path == BUILD["routes"][0] and CHANCE.random() < BUILD["errors"] else 200


class Connection(asyncio.Protocol):
    def connection_made(self, transport):
        self.transport, self.buffer = transport, b""

    def data_received(self, data):
        self.buffer += data
        while b"\r\n\r\n" in self.buffer:
            head, _, self.buffer = self.buffer.partition(b"\r\n\r\n")
            path = head.split(b" ", 2)[1].decode().partition("?")[0]
            self.transport.write(b"HTTP/1.1 %d X\r\nContent-Length: 2\r\n\r\nok" % answer(path))


async def main():
    loop = asyncio.get_running_loop()
    server = await loop.create_server(Connection, "127.0.0.1", int(os.environ["PORT"]))
    print(f"{os.environ.get('LOADGATE_SIDE')} build on {os.environ['PORT']}", flush=True)
    async with server:
        await server.serve_forever()


if __name__ == "__main__":
    try:
        asyncio.run(main())
    except KeyboardInterrupt:
        sys.exit(0)
