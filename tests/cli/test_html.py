"""The HTML report as people meet it: in a browser, with and without scripts, on a phone.

One browser opens all pages once; each test asks about what it saw.
"""

import json
import shutil
import subprocess
from pathlib import Path

import pytest
from support.loadgate import binary

TESTS = Path(__file__).resolve().parents[1]
# All verdicts; what a server could try; nothing at all; the largest there is.
PAGES = ["two-hours", "hostile", "passed", "regression", "invalid", "duet-inconclusive",
         "made-duet", "empty"]
LARGE = ["two-hours", "hostile"]
CHARTED = ["passed", "regression", "made-duet", "two-hours"]


def run(*command):
    done = subprocess.run(command, capture_output=True, text=True, timeout=240)
    assert done.returncode == 0, done.stderr
    return done.stdout


def tool(package):
    if not (TESTS / "node_modules" / package).exists():
        pytest.skip(f"{package} is not installed: run npm install in tests/")
    return "node"


@pytest.fixture(scope="module")
def pages(tmp_path_factory):
    folder = tmp_path_factory.mktemp("pages")
    run(binary().parent / "tests/unit/report/report_pages", folder)
    return [folder / f"{name}.html" for name in PAGES]


@pytest.fixture(scope="module")
def seen(pages):
    if not shutil.which("chromium"):
        pytest.skip("Chromium is not installed: apt-get install chromium")
    node = tool("playwright-core")
    return json.loads(run(node, TESTS / "support/browse_pages.mjs", *pages))


@pytest.mark.parametrize("page", PAGES)
def test_nothing_leaves_the_page_and_nothing_is_refused(seen, page):
    assert seen[page]["requests"] == []
    assert seen[page]["errors"] == []


@pytest.mark.parametrize("page", sorted(set(PAGES) - set(LARGE)))
def test_axe_finds_no_barrier_in_light_and_dark(seen, page):
    assert seen[page]["faults"] == []


@pytest.mark.parametrize("page", PAGES)
def test_a_dark_page_is_printed_light(seen, page):
    assert seen[page]["printsLight"]


@pytest.mark.parametrize("page", PAGES)
def test_a_phone_need_not_scroll_sideways(seen, page):
    assert seen[page]["sideways"] <= 0


@pytest.mark.parametrize("page", CHARTED)
def test_charts_are_drawn_and_zoom_together(seen, page):
    saw = seen[page]
    assert saw["drawn"] and saw["charts"] >= 4
    assert len(saw["whole"]) == saw["charts"]
    for state in ("whole", "zoomed", "reset", "zoomedByKey", "resetByKey"):
        assert len(set(saw[state])) == 1, state
    assert saw["zoomed"] != saw["whole"] and saw["reset"] == saw["whole"]
    assert saw["zoomedByKey"] != saw["whole"] and saw["resetByKey"] == saw["whole"]


@pytest.mark.parametrize("page", CHARTED)
def test_the_same_moment_is_read_in_all_charts(seen, page):
    hovered = seen[page]["hovered"]
    assert len(set(hovered)) == 1 and hovered[0].startswith("at ")
    assert seen[page]["said"].startswith("at ")


def test_requests_sort_and_filter(seen):
    saw = seen["passed"]
    names = saw["sorted"]["request"]
    assert names == sorted(names) and len(names) == 5
    times = [float(time.replace(",", "")) for time in saw["sorted"]["p95"]]
    assert times == sorted(times, reverse=True)
    assert [rating.split()[-1] for rating in saw["sorted"]["rating"]] == [
        "optimal", "optimal", "optimal", "acceptable", "slow"]
    assert saw["filtered"] == ["GET /store/products/:id "]


def test_what_is_not_known_sorts_last_either_way(seen):
    assert seen["passed"]["unknown"] == ["–", "–"]


@pytest.mark.parametrize("page", CHARTED)
def test_all_is_there_without_scripts(seen, page):
    saw = seen[page]
    assert saw["still"] == saw["charts"]
    assert saw["dead"] == 0, "controls that do nothing"
    for part in ("Requests", "Over time", "How it was measured and judged"):
        assert part in saw["text"]


def test_two_hours_open_within_a_second(seen, pages):
    assert seen["two-hours"]["opened"] < 1000
    [page] = [page for page in pages if page.stem == "two-hours"]
    assert page.stat().st_size < 3_000_000


def test_html_validate_has_nothing_to_say(pages):
    node = tool("html-validate")
    live = TESTS.parent / "templates/live.html"
    assert run(node, TESTS / "support/validate_pages.mjs", *pages, live) == ""
