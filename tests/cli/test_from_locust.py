"""Each plan that docs/from-locust.md carries over from a Locust tutorial, run shortened."""

import json
import re

import pytest
from support.loadgate import PASSED, REPO, is_busy

CONFIGS = REPO / "configs"
MESSAGES = [(row["name"], row["msg"]) for row in json.loads((CONFIGS / "traffic.json").read_text())]


def names(result, role="task"):
    return {each["text"] for each in result["run"]["judging"]["requests"] if each["role"] == role}


def sent(result):
    """How many requests of each name were sent, all stages together."""
    known = result["run"]["judging"]["requests"]
    counts = dict.fromkeys((each["text"] for each in known), 0)
    for series in result["run"]["series"]:
        counts[known[series["request_name"]]["text"]] += series["all"]["requests"]
    return counts


def run(loadgate, service, plan, *arguments, env=None, timeout=60):
    outcome = loadgate.run("run", plan, "--host", service.url, "--seed", 7, "--no-baseline",
                           *arguments, env=env, timeout=timeout)
    assert outcome.code == PASSED or is_busy(outcome), str(outcome)
    result = loadgate.result()
    assert result["run"]["failures"] == [], str(outcome)
    return outcome, result


def hurried(loadgate, plan):
    """The plan with rests of milliseconds, beside its data: its shape, not its patience."""
    text = re.sub(r"\b(\d+)s\.\.(\d+)s\b", r"\g<1>0ms..\g<2>0ms", (CONFIGS / plan).read_text())
    for data in CONFIGS.glob("traffic.json"):
        (loadgate.folder / data.name).write_text(data.read_text())
    return loadgate.plan(text)


def test_shoppers_browse_products_and_fill_their_carts(loadgate, seeds):
    plan = hurried(loadgate, "storefront.yaml")
    _, result = run(loadgate, seeds, plan, "--users", 8, "--spawn-rate", "8/s", "--run-time", "3s")
    assert names(result) == {"/store/products", "/store/products/:id", "/store/carts/items"}
    assert names(result, "on_start") == {"POST /store/carts/"}
    counts, seen = sent(result), seeds.seen()
    assert counts["/store/products/:id"] > counts["/store/products"] > counts["/store/carts/items"] > 0
    assert len(seen["carts"]) == 8
    items = [item for cart in seen["carts"].values() for item in cart]
    assert {item["product_id"] for item in items} <= set(range(1, 11))
    assert all(item["quantity"] == 1 for item in items)


def test_the_blogs_visitors_and_authors_send_the_token_they_got(loadgate, seeds):
    plan = hurried(loadgate, "blog.yaml")
    _, result = run(loadgate, seeds, plan, "--users", 10, "--spawn-rate", "10/s", "--run-time", "3s")
    assert names(result) == {"GET /api/posts/", "GET /api/posts/:id/", "POST /api/posts/",
                             "GET /api/posts/?search", "log in"}
    assert names(result, "on_start") == {"POST /api/token/"}
    seen, counts = seeds.seen(), sent(result)
    assert seen["refused"] == 0
    assert seen["posts"] == sum(seen["tokens_used"].values()) == counts["POST /api/posts/"] > 0
    # An author logs in again in each pass, a visitor once.
    assert counts["POST /api/token/"] == 5
    assert counts["log in"] > 5


def test_authors_go_through_their_steps_in_order(loadgate, seeds):
    text = hurried(loadgate, "blog.yaml").read_text()
    head, scenarios = text.split("scenarios:\n")
    author, rest = scenarios[scenarios.index("  - name: author"):].split("\nthresholds:")
    plan = loadgate.plan(f"{head}scenarios:\n{author}\nthresholds:{rest}")
    _, result = run(loadgate, seeds, plan, "--users", 1, "--run-time", "2s")
    steps = [sent(result)[name] for name in ("log in", "GET /api/posts/", "GET /api/posts/:id/",
                                             "POST /api/posts/")]
    assert steps == sorted(steps, reverse=True)
    assert steps[0] - steps[-1] <= 1 < steps[0]


def test_the_stages_keep_their_shape_a_hundred_times_faster(loadgate, seeds):
    text = (CONFIGS / "stages-shape.yaml").read_text().replace("1s..3s", "200ms..600ms")
    text = re.sub(r"until: (\d+)s", lambda found: f"until: {int(found[1]) * 10}ms", text)
    text = re.sub(r"spawn_rate: (\d+)/s", r"spawn_rate: \g<1>00/s", text)
    _, result = run(loadgate, seeds, loadgate.plan(text))
    stages = result["run"]["judging"]["stages"]
    assert [stage["planned"]["to_ns"] // 10_000_000 for stage in stages] == [60, 120, 180, 300, 360, 420]
    assert [stage["users"] for stage in stages] == [10, 50, 100, 100, 50, 0]
    users = [step["users"] for step in result["run"]["users"]]
    assert max(users) == 100
    assert users[-1] == 0
    assert names(result) == {"GET /api/posts/"}


def test_film_lovers_ask_for_status_id_and_title(loadgate, seeds):
    plan = hurried(loadgate, "films.yaml")
    _, result = run(loadgate, seeds, plan, "--users", 20, "--spawn-rate", "20/s", "--run-time", "3s")
    assert names(result) == {"GET /status", "GET /api/id/:id", "GET /api/title/:title/:year"}
    asked = seeds.seen()["requests"]
    assert set(asked) >= {"GET /status", "GET /api/id/tt0068646", "GET /api/title/The godfather/1972"}
    counts = sent(result).values()
    assert max(counts) < 2 * min(counts)


def test_films_start_ten_of_a_thousand_users_a_second(loadgate, seeds):
    text = (CONFIGS / "films.yaml").read_text()
    assert "users: 1000, spawn_rate: 10/s" in text and "wait: 5s..9s" in text
    _, result = run(loadgate, seeds, CONFIGS / "films.yaml", "--users", 30, "--spawn-rate", "10/s",
                    "--run-time", "10s")
    points = [(point["at_ns"] / 1e9, point["users"]) for point in result["run"]["users"]]
    climbing = [point for point in points if 0.5 < point[0] < 2.5]
    assert climbing and all(users == pytest.approx(10 * at, abs=2) for at, users in climbing), points
    assert max(users for _, users in points) == 30


@pytest.mark.parametrize("workers", [1, 8])
def test_each_message_is_sent_exactly_once_over_all_users(loadgate, seeds, workers):
    plan = loadgate.plan((CONFIGS / "messages.yaml").read_text().replace("100ms..900ms", "10ms..90ms"))
    (loadgate.folder / "traffic.json").write_text((CONFIGS / "traffic.json").read_text())
    outcome = loadgate.run("run", plan, "--host", seeds.url, "--no-baseline", "--users", 16,
                           "--spawn-rate", "16/s", "--run-time", "30s", "--workers", workers)
    assert outcome.code == PASSED or is_busy(outcome), str(outcome)
    result = loadgate.result()
    assert result["run"]["failures"] == [], str(outcome)
    arrived = {(name, msg): count for name, msg, count in seeds.seen()["messages"]}
    assert arrived == dict.fromkeys(MESSAGES, 1)
    assert names(result) == {"POST /", "GET /"}
    assert sent(result)["POST /"] == len(MESSAGES) == 100
    assert outcome.seconds < 25, "the run ends with its last user, not with its last stage"


def test_messages_come_in_another_order_with_another_seed(loadgate, seeds):
    plan = loadgate.plan((CONFIGS / "messages.yaml").read_text().replace("100ms..900ms", "1ms"))
    (loadgate.folder / "traffic.json").write_text((CONFIGS / "traffic.json").read_text())
    orders = []
    for seed in (1, 1, 2):
        seeds.forget()
        outcome = loadgate.run("run", plan, "--host", seeds.url, "--users", 1, "--run-time", "20s",
                               "--seed", seed, "--no-baseline")
        assert outcome.code == PASSED or is_busy(outcome), str(outcome)
        orders.append([(name, msg) for name, msg, _ in seeds.seen()["messages"]])
    assert orders[0] == orders[1] != orders[2]
    assert orders[0] != MESSAGES
    assert sorted(orders[0]) == sorted(MESSAGES)


def test_the_custom_endpoints_token_comes_from_the_environment(loadgate, seeds):
    outcome, result = run(loadgate, seeds, CONFIGS / "custom-endpoint.yaml", "--users", 4,
                          "--spawn-rate", "8/s", "--run-time", "2s", env={"TOKEN": seeds.TOKEN})
    assert names(result) == {"GET /api/your-endpoint", "GET /api/protected-endpoint"}
    assert set(seeds.seen()["tokens_used"]) == {seeds.TOKEN}
    counts = sent(result)
    assert counts["GET /api/your-endpoint"] / counts["GET /api/protected-endpoint"] == pytest.approx(
        2, rel=0.3)
    rating = result["run"]["judging"]["rating"]
    assert (rating["optimal_ns"], rating["acceptable_ns"]) == (200_000_000, 500_000_000)
    for written in loadgate.out.iterdir():
        assert seeds.TOKEN not in written.read_text(), written
    assert seeds.TOKEN not in outcome.stdout + outcome.stderr


def test_the_custom_endpoint_says_that_its_token_is_missing(loadgate):
    outcome = loadgate.run("validate", CONFIGS / "custom-endpoint.yaml")
    assert outcome.code == 64, str(outcome)
    assert "set it to a bearer token of the API" in outcome.stderr


def test_examples_come_out_of_the_binary_with_what_they_need(loadgate):
    listed = loadgate.run("example").stdout.split()
    assert {"storefront.yaml", "blog.yaml", "stages-shape.yaml", "films.yaml", "messages.yaml",
            "traffic.json", "custom-endpoint.yaml"} <= set(listed)
    for name in ("messages.yaml", "traffic.json"):
        written = loadgate.run("example", name).stdout
        assert written == (CONFIGS / name).read_text()
        (loadgate.folder / name).write_text(written)
    assert loadgate.run("validate", "messages.yaml").code == PASSED
