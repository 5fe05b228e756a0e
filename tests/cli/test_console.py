"""The page in each place it is read in: narrow and wide terminals, pipes, GitHub's log, quiet."""

import re
import shutil
import tempfile
from pathlib import Path

import pytest
from support.loadgate import PASSED, THRESHOLD_MISSED, Loadgate, binary
from support.nginx import Nginx
from support.terminal import OnTerminal, lines_of

LONG = "/a/path/that/is/long/enough/to/be/shortened/on/every/narrow/terminal/of/eighty"

PLAN = f"""
name: console
target: http://127.0.0.1:1
stages:
  - {{ name: steady, for: 2s, users: 2 }}
scenarios:
  - name: visitor
    wait: 20ms
    tasks:
      - get: /small.txt
      - get: /broken
        name: {LONG}
thresholds:
  - p95 < 1s
  - error_rate < 1%
"""

ESCAPE = re.compile(r"\x1b\[[0-9;]*[mK]")


@pytest.fixture(scope="module")
def shop(service_folder):
    """One short run that misses a threshold, on a terminal of 80 columns."""
    with tempfile.TemporaryDirectory() as folder, Nginx(service_folder) as nginx:
        loadgate = Loadgate(folder)
        plan = loadgate.plan(PLAN)
        with OnTerminal([binary(), "run", plan.name, "--host", nginx.url], folder) as terminal:
            assert terminal.wait() == THRESHOLD_MISSED, terminal.drawn
            loadgate.drawn = terminal.drawn
        yield loadgate


def again(shop, *more, env=None):
    outcome = shop.run("report", "loadgate-results/result.json", "--out", "again", *more, env=env)
    assert outcome.code == PASSED, str(outcome)
    return outcome


def on_terminal(shop, columns, *more, env=None):
    command = [binary(), "report", "loadgate-results/result.json", "--out", "again", *more]
    with OnTerminal(command, shop.folder, columns, env) as terminal:
        assert terminal.wait() == PASSED, terminal.drawn
        return terminal.drawn


def test_a_terminal_sees_one_line_that_is_drawn_again_then_the_page(shop):
    drawing, page = shop.drawn.rsplit("\r\x1b[K", 1)
    assert re.search(r"\r\x1b\[Ksteady  1s of 2s  2 users  \d+ requests/s", drawing)
    assert "\n" not in drawing
    assert "Threshold missed" in page


def test_no_line_of_the_page_is_wider_than_eighty_columns(shop):
    page = shop.drawn.rsplit("\r\x1b[K", 1)[1]
    for line in lines_of(ESCAPE.sub("", page)):
        if "loadgate run" not in line:  # To be copied, so never broken.
            assert len(line) <= 80, line
    assert re.search(r"^  /a/pa\S*…\S*ghty +\d", ESCAPE.sub("", page), re.MULTILINE), page


def test_a_wide_terminal_shows_names_whole_and_more_columns(shop):
    page = ESCAPE.sub("", on_terminal(shop, 200))
    assert LONG in page
    assert "received" in page


def test_the_page_begins_with_the_verdict_and_the_thresholds_and_ends_with_the_command(shop):
    page = again(shop).stdout
    assert page.startswith("✗ Threshold missed: ")
    order = ["✗ Threshold missed", "\nThresholds\n", "✓  p95 < 1s", "✗  error_rate < 1%",
             "\nRequests ", "\nFailures ", "\nReports\n", "\nRun it again\n  loadgate run plan.yaml"]
    places = [page.index(each) for each in order]
    assert places == sorted(places), page


def test_a_pipe_gets_neither_colour_nor_cursor_movements(shop):
    outcome = again(shop)
    assert "\x1b" not in outcome.stdout + outcome.stderr


def test_colour_follows_flag_then_no_color_then_clicolor_force_then_the_terminal(shop):
    assert "\x1b[31m" in on_terminal(shop, 80)
    assert "\x1b[" not in on_terminal(shop, 80, env={"NO_COLOR": "1"})
    assert "\x1b[" not in on_terminal(shop, 80, "--color", "never")
    assert "\x1b[" not in on_terminal(shop, 80, env={"TERM": "dumb"})
    assert "\x1b[31m" in on_terminal(shop, 80, env={"NO_COLOR": ""})  # As if it were not set.
    assert "\x1b[31m" in again(shop, env={"CLICOLOR_FORCE": "1"}).stdout
    assert "\x1b[" not in again(shop, env={"CLICOLOR_FORCE": "0"}).stdout
    assert "\x1b[" not in again(shop, env={"CLICOLOR_FORCE": "1", "NO_COLOR": "1"}).stdout
    assert "\x1b[31m" in again(shop, "--color", "always", env={"NO_COLOR": "1"}).stdout


def test_githubs_log_is_coloured_and_folds_details_never_the_verdict(shop):
    page = again(shop, env={"GITHUB_ACTIONS": "true"}).stdout
    assert "\x1b[31m✗ Threshold missed" in page
    verdict, details = page.split("::group::Requests, services, failures\n")
    details, end = details.split("::endgroup::\n")
    assert "Thresholds" in verdict
    assert "Requests (" in details and "Failures (" in details
    assert "Run it again" in end
    # Neither annotations nor the command to copy are broken.
    widest = max(len(ESCAPE.sub("", line)) for line in page.splitlines()
                 if not line.startswith("::") and "loadgate run" not in line)
    assert 80 < widest <= 120


def test_quiet_says_the_verdict_alone(shop):
    outcome = again(shop, "--quiet")
    assert re.fullmatch(r"✗ Threshold missed: error_rate .*\.\n", outcome.stdout), str(outcome)
    assert outcome.stderr == ""


def test_a_quiet_run_draws_nothing(shop):
    # Port 1 answers nobody: there is no verdict, and that is said at once.
    with OnTerminal([binary(), "run", "plan.yaml", "-q", "--out", "none"], shop.folder) as terminal:
        assert terminal.wait() != PASSED
        assert "\x1b[K" not in terminal.drawn


def test_no_page_of_a_narrow_terminal_is_wider_than_it_is(shop):
    shutil.rmtree(Path(shop.folder) / "again", ignore_errors=True)
    page = ESCAPE.sub("", on_terminal(shop, 70))
    for line in lines_of(page):
        if "loadgate run" not in line:
            assert len(line) <= 70, line
