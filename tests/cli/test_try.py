"""`loadgate try`: one user, one pass, everything shown but the secrets."""

import signal
import time

import pytest
from support.loadgate import BAD_INPUT, INTERRUPTED, INVALID_RUN, PASSED, REPO, THRESHOLD_MISSED

BLOG = REPO / "configs" / "blog.yaml"

ONE_GET = """
name: one
target: http://127.0.0.1:1
stages: [{{ name: steady, for: 1h, users: 500 }}]
scenarios:
  - name: visitor
    wait: 1h
    tasks:
      - get: {path}
        expect: {expect}
"""


def test_the_blog_is_tried_once_and_its_tokens_are_masked(loadgate, seeds):
    outcome = loadgate.run("try", BLOG, "--host", seeds.url, "--seed", 1)
    assert outcome.code == PASSED, str(outcome)
    for line in [
        "visitor: on_start",
        "visitor: task 1 of 4, weight 3",
        "author: one iteration",
        f"> POST {seeds.url}/api/token/",
        ">   \"username\": \"testuser\",",
        ">   \"password\": \"***\"",
        "> Authorization: ***",
        "✓ captured token = *** from $.access",
        "✓ status 201",
        "· wait 1s..5s: skipped",
        "✓ 9 requests in 2 scenarios: all as the plan expects",
    ]:
        assert line in outcome.stdout.splitlines(), f"{line}\n{outcome}"
    assert outcome.seconds < 5
    seen = seeds.seen()
    assert sum(seen["requests"].values()) == 9 and seen["posts"] == 2 and seen["refused"] == 0
    for token in [*seen["tokens_used"], "testpass123"]:
        assert token not in outcome.stdout + outcome.stderr


def test_one_scenario_can_be_tried_alone(loadgate, seeds):
    outcome = loadgate.run("try", BLOG, "--host", seeds.url, "--scenario", "author")
    assert outcome.code == PASSED, str(outcome)
    assert "✓ 4 requests in 1 scenario" in outcome.stdout and "visitor" not in outcome.stdout


def test_a_wrong_password_is_shown_where_it_hurts(loadgate, seeds):
    outcome = loadgate.run("try", BLOG, "--host", seeds.url, "--scenario", "author", "--var", "password=wrong")
    assert outcome.code == THRESHOLD_MISSED, str(outcome)
    lines = outcome.stdout.splitlines()
    assert "✗ status 401, expected 200" in lines
    assert '<   "detail": "no such user, or another password"' in lines
    assert any(line.startswith("✗ token not captured: $.access not found in ") for line in lines)
    assert "· GET /api/posts/: not sent, because of what failed before" in lines
    assert sum(seeds.seen()["requests"].values()) == 1


def test_every_expectation_is_explained(loadgate, seeds):
    expect = '{ status: 200, json: { "$.status": down, "$.nothing": exists }, contains: up }'
    plan = loadgate.plan(ONE_GET.format(path="/status", expect=expect))
    outcome = loadgate.run("try", plan, "--host", seeds.url)
    assert outcome.code == THRESHOLD_MISSED, str(outcome)
    lines = outcome.stdout.splitlines()
    assert {"✓ status 200", '✓ the body contains "up"'} <= set(lines)
    assert '✗ $.status is "up", expected "down"' in lines
    assert any(line.startswith("✗ $.nothing not found") for line in lines)


def test_the_same_user_and_seed_send_the_same(loadgate, seeds):
    def paths(*arguments):
        seeds.forget()
        assert loadgate.run("try", BLOG, "--host", seeds.url, *arguments).code == PASSED
        return set(seeds.seen()["requests"])

    assert paths("--seed", 5, "--user", 3) == paths("--seed", 5, "--user", 3)
    assert len({frozenset(paths("--seed", 5, "--user", user)) for user in (1, 2, 3, 4)}) > 1


def test_colour_is_for_terminals(loadgate, seeds):
    arguments = ("try", BLOG, "--host", seeds.url, "--scenario", "author")
    assert "\x1b[" not in loadgate.run(*arguments).stdout
    assert "\x1b[" in loadgate.run(*arguments, "--color", "always").stdout


def test_a_target_that_is_not_there_is_no_wrong_plan(loadgate):
    plan = loadgate.plan(ONE_GET.format(path="/", expect="{ status: 200 }"))
    outcome = loadgate.run("try", plan)
    assert outcome.code == INVALID_RUN, str(outcome)
    assert "127.0.0.1:1" in outcome.stderr


@pytest.mark.parametrize(
    "arguments", [["absent.yaml"], ["plan.yaml", "--scenario", "nobody"], ["plan.yaml", "--user", "0"],
                  ["plan.yaml", "--users", "5"]], ids=" ".join)
def test_a_wrong_call_sends_nothing(loadgate, seeds, arguments):
    loadgate.plan(ONE_GET.format(path="/", expect="{ status: 200 }"))
    outcome = loadgate.run("try", *arguments, "--host", seeds.url)
    assert outcome.code == BAD_INPUT, str(outcome)
    assert outcome.stderr.strip()
    assert seeds.seen()["requests"] == {}


def test_ctrl_c_ends_a_hanging_request(loadgate, nginx):
    plan = loadgate.plan(ONE_GET.format(path="/sleep50", expect="{ status: 200 }")
                         .replace("- get: /sleep50\n        expect: { status: 200 }",
                                  "- steps: [" + ", ".join(["{ get: /sleep50 }"] * 100) + "]"))
    running = loadgate.start("try", plan, "--host", nginx.url)
    time.sleep(0.5)
    running.process.send_signal(signal.SIGINT)
    outcome = running.wait(timeout=10)
    assert outcome.code == INTERRUPTED, str(outcome)
    assert outcome.seconds < 3


def test_the_service_of_the_plan_is_started_and_stopped(loadgate):
    (loadgate.folder / "page.txt").write_text("hello from the folder")
    plan = loadgate.plan(
        ONE_GET.format(path="/page.txt", expect="{ contains: hello }").replace(
            "target: http://127.0.0.1:1",
            "start: { command: 'exec /usr/bin/python3 -m http.server {{ port }} --bind 127.0.0.1' }"))
    outcome = loadgate.run("try", plan)
    assert outcome.code == PASSED, str(outcome)
    assert "< hello from the folder" in outcome.stdout
