"""Ctrl-C once stops gently and reports what there is; twice stops now."""

import socket
import time

from plans import steady
from support.loadgate import INTERRUPTED


def test_one_interrupt_reports_what_there_is(loadgate, nginx):
    running = loadgate.start("run", loadgate.plan(steady("/sleep50", length="60s")), "--host", nginx.url)
    time.sleep(2)
    running.interrupt()
    outcome = running.wait(10)
    assert outcome.code == INTERRUPTED, str(outcome)
    assert outcome.seconds < 5, str(outcome)
    assert "interrupted" in outcome.stdout.lower()

    result = loadgate.result()
    assert result["run"]["info"]["interrupted"] is True
    assert result["verdict"]["conclusion"] == "interrupted"
    assert "interrupted" in (loadgate.out / "report.html").read_text().lower()
    assert "nterrupted" in (loadgate.out / "junit.xml").read_text()


def test_a_gentle_stop_lets_requests_in_flight_finish(loadgate, nginx):
    running = loadgate.start(
        "run", loadgate.plan(steady("/sleep50", users=16, length="60s")), "--host", nginx.url
    )
    time.sleep(1.5)
    running.interrupt()
    assert running.wait(10).code == INTERRUPTED
    nginx.stop()
    # 499 is nginx's word for a client that left before the answer.
    assert set(nginx.served()) == {"200 GET /sleep50"}


def test_a_second_interrupt_stops_now(loadgate):
    # The kernel accepts connections here, and nobody ever answers.
    with socket.create_server(("127.0.0.1", 0), backlog=64) as silent:
        url = f"http://127.0.0.1:{silent.getsockname()[1]}"
        running = loadgate.start("run", loadgate.plan(steady(length="60s")), "--host", url)
        time.sleep(1.5)
        running.interrupt()
        time.sleep(0.5)
        assert running.process.poll() is None, str(running.wait())
        running.interrupt()
        asked = time.monotonic()
        outcome = running.wait(10)
        assert time.monotonic() - asked < 2, str(outcome)
        assert outcome.code == INTERRUPTED, str(outcome)
