#!/usr/bin/env python3
"""Makes the result of a large run from that of a small one: docs/result.md has the fields.

    bench/make_big_result.py small/result.json > big.json

The small run's first series becomes twenty request names, each with six hundred windows
of one second; its verdict stays as it is.
"""

import copy
import json
import sys
from pathlib import Path

NAMES = 20
WINDOWS = 600
SECOND = 1_000_000_000  # ns


def lengthen(stage):
    for interval in (stage["planned"], stage["held"]):
        interval.update({"from_ns": 0, "to_ns": WINDOWS * SECOND})


def long_series(series, name):
    one = copy.deepcopy(series)
    one["request_name"] = name
    windows = series["windows"]
    one["windows"] = [dict(windows[index % len(windows)], index=index) for index in range(WINDOWS)]
    return one


def grow(result):
    result = copy.deepcopy(result)
    run = result["run"]
    judging = run["judging"]
    series = next(each for each in run["series"] if each["windows"])
    request = judging["requests"][series["request_name"]]
    judging["requests"] = [dict(request, text=f"GET /page/{name + 1:02}") for name in range(NAMES)]
    judging["stages"] = [judging["stages"][series["stage"]]]
    lengthen(judging["stages"][0])
    run["series"] = [long_series(dict(series, stage=0), name) for name in range(NAMES)]
    run["window_width_ns"] = SECOND
    run["info"]["length_ns"] = WINDOWS * SECOND
    users = max(point["users"] for point in run["users"])
    run["users"] = [{"at_ns": index * SECOND, "users": users} for index in range(WINDOWS)]
    return result


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    json.dump(grow(json.loads(Path(sys.argv[1]).read_text())), sys.stdout)
