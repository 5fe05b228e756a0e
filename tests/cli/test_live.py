"""`loadgate run --live`: the page while a run goes on, in a browser and for programs."""

import json
import shutil
import socket
import tempfile
import time

import plans
import pytest
from support.live import Page, browse, read_url
from support.loadgate import (BAD_INPUT, INTERRUPTED, PASSED, REPO, THRESHOLD_MISSED, Loadgate,
                              is_busy)
from support.nginx import Nginx
from support.processes import free_port

# What a plan and its target may say to get into the page.
IMAGE = "<img src=x onerror=window.injected=true>"
SCRIPT = "</script><script>window.injected=true</script>"
HOSTILE = f"""
name: "{IMAGE} {SCRIPT}"
target: http://127.0.0.1:1
stages:
  - {{ name: "{SCRIPT}", for: 60s, users: 4 }}
scenarios:
  - name: visitor
    wait: 20ms
    tasks:
      - get: /small.txt
        name: "{IMAGE}"
      - get: /hostile
        name: "{SCRIPT}"
thresholds:
  - error_rate < 1%
"""

# The browser and its driver; scripts/install-dependencies test brings both.
needs_browser = pytest.mark.skipif(
    not shutil.which("chromium") or not (REPO / "tests/node_modules/playwright-core").exists(),
    reason="chromium or playwright-core is not installed: run npm install in tests/",
)


@pytest.fixture(scope="module")
def target(service_folder):
    location = f"location /hostile {{ return 500 '{IMAGE}{SCRIPT}'; }}"
    with Nginx(service_folder, locations=location) as server:
        yield server


class Watched:
    """A run that was watched from its first second to its report."""

    def __init__(self, loadgate, arguments, **wishes):
        running = loadgate.start(*arguments)
        try:
            self.url = read_url(running)
            self.seen = browse(self.url, **wishes)
            seen_until = time.monotonic()
        except BaseException:
            running.process.kill()
            raise
        self.outcome = running.wait()
        self.lingered = time.monotonic() - seen_until


@pytest.fixture(scope="module")
def stopped(target):
    """Hostile names and answers, stopped with the button."""
    with tempfile.TemporaryDirectory() as folder:
        loadgate = Loadgate(folder)
        arguments = ["run", loadgate.plan(HOSTILE), "--host", target.url, "--live", ":0"]
        watched = Watched(loadgate, arguments, stop=True, pictures=folder)
        watched.loadgate = loadgate
        yield watched


@needs_browser
class TestInABrowser:
    def test_the_page_shows_numbers_that_grow(self, stopped):
        seen = stopped.seen
        first, second = seen["requests"]
        assert 0 < first < second
        assert seen["users"] == "4"
        assert seen["headline"] == f"Running: {SCRIPT}"
        assert len(seen["rows"]) == 2
        assert all(int(row[1].replace(",", "")) > 0 for row in seen["rows"])

    def test_charts_are_drawn_and_say_their_numbers(self, stopped):
        charts = stopped.seen["charts"]
        assert [chart["said"].split(" at ")[0] for chart in charts] == [
            "Rate", "Response time", "Users", "Failures"]
        assert all(chart["drawn"] > 500 for chart in charts)
        assert "p95 " in charts[1]["said"] and "running 4" in charts[2]["said"]

    def test_what_is_read_with_the_keys_is_said_aloud(self, stopped):
        assert stopped.seen["said"].startswith("Rate at 0:")

    def test_what_a_plan_and_its_target_say_stays_text(self, stopped):
        seen = stopped.seen
        assert not seen["injected"] and seen["images"] == 0
        assert seen["plan"] == f"{IMAGE} {SCRIPT}"
        assert {row[0] for row in seen["rows"]} == {IMAGE, SCRIPT}
        assert any(IMAGE + SCRIPT in failure for failure in seen["failures"])

    def test_nothing_is_loaded_from_elsewhere_and_nothing_is_refused(self, stopped):
        seen = stopped.seen
        assert seen["problems"] == []
        outside = [address for address in seen["addresses"]
                   if not address.startswith((stopped.url, "data:"))]
        assert outside == []

    def test_it_has_no_barriers_of_weight(self, stopped):
        assert stopped.seen["barriers"] == []

    def test_it_fits_a_telephone(self, stopped):
        assert stopped.seen["widest"] <= 0

    def test_stop_ends_the_run_gently_with_its_reports(self, stopped):
        assert stopped.seen["asks"] == "Click again to stop"
        assert stopped.outcome.code == INTERRUPTED, str(stopped.outcome)
        run = stopped.loadgate.result()["run"]
        assert run["info"]["interrupted"] and run["info"]["length_ns"] < 50e9
        assert "interrupted" in stopped.outcome.text.lower()

    def test_the_page_turns_into_the_report(self, stopped):
        html = (stopped.loadgate.out / "report.html").read_text()
        assert "Interrupted" in stopped.seen["report_heading"]
        assert stopped.seen["report"] in html.replace("&lt;", "<").replace("&gt;", ">")
        assert stopped.lingered < 4

    def test_a_run_that_ends_by_itself_turns_into_the_report_too(self, loadgate, nginx):
        plan = loadgate.plan(plans.steady(length="4s"))
        watched = Watched(loadgate, ["run", "--live", plan, "--host", nginx.url, "-q"])
        assert watched.url == "http://127.0.0.1:8089/"
        assert watched.outcome.code == PASSED or is_busy(watched.outcome), str(watched.outcome)
        assert watched.seen["report"].endswith("steady (loadgate)")
        assert watched.lingered < 4


@pytest.fixture(scope="module")
def on_all_addresses(target):
    """A run whose page is bound to every address, asked from this machine only."""
    with tempfile.TemporaryDirectory() as folder:
        loadgate = Loadgate(folder)
        plan = loadgate.plan(plans.steady(length="60s"))
        running = loadgate.start("run", plan, "--host", target.url, "--live", "0.0.0.0:0")
        page = Page(read_url(running))
        yield page
        if running.process.poll() is None:
            assert page.stop()[0] == 202
        assert running.wait().code == INTERRUPTED


class TestForPrograms:
    def test_events_arrive_second_by_second(self, on_all_addresses):
        events = list(on_all_addresses.events(wanted=4))
        assert [name for name, _ in events] == ["state", "second", "second", "second"]
        state = events[0][1]
        assert state["names"] == ["GET /small.txt"]
        assert state["stages"] == [{"name": "steady", "from": 0, "to": 60, "warmup": False}]
        moments = [data["now"]["point"][0] for _, data in events[1:]]
        assert [round(later - earlier) for earlier, later in zip(moments, moments[1:])] == [1, 1]
        totals = [data["now"]["requests"] for _, data in events[1:]]
        assert 0 < totals[0] < totals[1] < totals[2]

    def test_beyond_loopback_nothing_is_told_without_the_token(self, on_all_addresses):
        page = on_all_addresses
        assert len(page.query) == len("?token=") + 32
        for query in ("", "?token=", "?token=" + "0" * 32):
            for path in ("/", "/events", "/report"):
                status, text = page.ask(path, query=query)
                assert (status, "token" in text) == (403, True), path
            assert page.ask("/stop", "POST", query=query, Origin=f"http://{page.host}")[0] == 403
        assert page.ask("/")[0] == 200

    def test_no_other_site_stops_a_run(self, on_all_addresses):
        for headers in ({}, {"Origin": "http://attacker.example"}, {"Origin": "null"}):
            assert on_all_addresses.ask("/stop", "POST", **headers)[0] == 403
        assert on_all_addresses.ask("/stop")[0] == 405

    def test_on_loopback_no_other_name_gets_an_answer(self, loadgate, target):
        plan = loadgate.plan(plans.steady(length="60s"))
        running = loadgate.start("run", plan, "--host", target.url, "--live", "127.0.0.1:0")
        page = Page(read_url(running))
        assert page.query == ""
        assert page.ask("/", Host=f"attacker.example:{page.port}")[0] == 403
        assert page.ask("/", Host="localhost")[0] == 200
        page.wait_for_seconds(1)
        assert page.stop()[0] == 202
        outcome = running.wait()
        assert outcome.code == INTERRUPTED, str(outcome)
        assert (loadgate.out / "report.html").is_file()

    def test_a_reader_who_reads_nothing_holds_up_nothing(self, loadgate, target):
        plan = loadgate.plan(plans.steady(length="3s"))
        running = loadgate.start("run", plan, "--host", target.url, "--live", ":0")
        page = Page(read_url(running))
        with socket.create_connection((page.host, page.port)) as mute:
            mute.sendall(b"GET /events HTTP/1.1\r\nHost: localhost\r\n\r\n")
            outcome = running.wait()
        assert outcome.code == PASSED or is_busy(outcome), str(outcome)
        assert outcome.seconds < 12

    def test_ctrl_c_ends_the_wait_for_pages_that_do_not_come_back(self, loadgate, target):
        plan = loadgate.plan(plans.steady(length="2s"))
        running = loadgate.start("run", plan, "--host", target.url, "--live", ":0")
        page = Page(read_url(running))
        assert [name for name, _ in page.events(as_page=True)][-1] == "end"
        told = time.monotonic()
        running.interrupt()
        outcome = running.wait()
        assert time.monotonic() - told < 3  # Of five seconds.
        assert outcome.code == PASSED or is_busy(outcome), str(outcome)

    def test_a_port_that_is_taken_is_said_before_anything_is_sent(self, loadgate, service_folder):
        with Nginx(service_folder) as server, socket.socket() as taken:
            taken.bind(("127.0.0.1", 0))
            taken.listen()
            port = taken.getsockname()[1]
            outcome = loadgate.run("run", loadgate.plan(plans.steady()), "--host", server.url,
                                   "--live", port)
            assert outcome.code == BAD_INPUT
            assert outcome.stderr == (
                f"loadgate: cannot open the live page on 127.0.0.1:{port}: Address already in use; "
                "choose another one, as in --live :8090, or --live :0 for any free port\n")
            server.stop()
            assert server.served() == []
        assert not loadgate.out.exists()

    def test_an_address_of_elsewhere_is_a_wrong_command_line(self, loadgate):
        outcome = loadgate.run("run", loadgate.plan(plans.steady()), "--live=example.com:80")
        assert outcome.code == BAD_INPUT
        assert '"example.com:80" is not an address of this machine' in outcome.stderr

    def test_the_last_event_says_what_became_of_the_run(self, loadgate, target):
        plan = loadgate.plan(plans.steady(path="/broken", length="2s"))
        running = loadgate.start("run", plan, "--host", target.url, "--live", f":{free_port()}")
        page = Page(read_url(running))
        events = list(page.events())
        outcome = running.wait()
        name, end = events[-1]
        assert name == "end"
        assert (end["code"], outcome.code) == (THRESHOLD_MISSED, THRESHOLD_MISSED), str(outcome)
        assert end["headline"] == "Threshold missed" and end["has_report"]
        assert end["file"] == str(loadgate.out / "report.html")
        failed = [data for name, data in events if name == "second"][-1]["failures"][0]
        assert "500" in failed["detail"] and "out of order" in failed["answer"]
        assert json.dumps(failed).isascii()  # And no control character gets through.
