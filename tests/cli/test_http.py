"""Every way a request can take, against real servers, and what those servers saw."""

import json

import pytest

from support.certificates import Authority
from support.http_servers import Doors, ForwardProxy, Haproxy, has_ipv6
from support.loadgate import INVALID_RUN, PASSED, THRESHOLD_MISSED, total
from support.processes import free_port

PLAN = """
name: http
target: {target}
http: {http}
stages:
  - {{ name: steady, for: {length}, users: {users} }}
scenarios:
  - name: visitor
    wait: {wait}
    tasks:
      - {task}
thresholds:
  - error_rate < 0.1%
"""


@pytest.fixture
def doors(service_folder):
    with Doors(service_folder) as server:
        yield server


@pytest.fixture
def run(loadgate):
    def run(target, http, path="/small.txt", task=None, users=2, wait="20ms", length="1s"):
        plan = loadgate.plan(PLAN.format(
            target=target, http=json.dumps(http, default=str), users=users, wait=wait, length=length,
            task=json.dumps(task or {"get": path}),
        ))
        return loadgate.run("run", plan)

    return run


def trusting(doors, **more):
    return {"ca": doors.authority.certificate, **more}


def values(requests, name):
    return {request[name] for request in requests}


def connections_of_two(outcome):
    """How many two users make: as many again where a busy machine spoilt the run."""
    return 4 if "running it once more" in outcome.stdout + outcome.stderr else 2


def text_of(outcome):
    return " ".join(outcome.stdout.split())  # Without its line breaks.


def assert_sent(outcome):
    """All requests succeeded. How long they took is for other tests, on quieter machines."""
    assert outcome.code in (PASSED, INVALID_RUN), str(outcome)
    assert "✓ error_rate < 0.1% 0 %" in text_of(outcome), str(outcome)


def assert_refused(outcome, *words):
    assert outcome.code == INVALID_RUN, str(outcome)
    for word in words:
        assert word in text_of(outcome), str(outcome)


def test_tls_with_an_authority_of_its_own(run, doors):
    outcome = run(doors.url("tls"), {"tls": trusting(doors)})
    assert_sent(outcome)
    seen = doors.seen()
    assert values(seen, "protocol") == {"HTTP/1.1"}
    assert values(seen, "tls") <= {"TLSv1.2", "TLSv1.3"}
    assert len(values(seen, "connection")) == connections_of_two(outcome)


def test_a_certificate_that_is_not_trusted(run, doors):
    outcome = run(doors.url("tls"), {})
    assert_refused(outcome, "is not trusted", "http.tls.ca", "http.tls.verify: false")
    assert doors.seen() == []


def test_a_certificate_that_is_not_checked(run, doors):
    outcome = run(doors.url("tls"), {"tls": {"verify": False}})
    assert_sent(outcome)


@pytest.mark.parametrize("protocol", ["h2", "h2c"])
def test_http2_on_one_connection_a_user(run, loadgate, doors, protocol):
    http = {"protocol": protocol, "tls": trusting(doors)}
    outcome = run(doors.url(protocol), http)
    assert_sent(outcome)
    seen = doors.seen()
    assert len(seen) >= total(loadgate.result(), "requests") > 0
    assert values(seen, "protocol") == {"HTTP/2.0"}
    assert len(values(seen, "connection")) == connections_of_two(outcome)


@pytest.mark.parametrize("protocol", ["h1", "h2", "h2c"])
def test_connections_that_the_server_ends_while_they_rest_lose_no_request(
    run, loadgate, service_folder, protocol
):
    door = {"h1": "tls"}.get(protocol, protocol)
    with Doors(service_folder, idle="1s") as doors:
        http = {"protocol": protocol, "tls": trusting(doors)}
        outcome = run(doors.url(door), http, users=20, wait="900ms..1100ms", length="6s")
        assert_sent(outcome)
        assert loadgate.result()["run"]["failures"] == [], str(outcome)
        seen = doors.seen()
        assert 20 < len(values(seen, "connection")) <= len(seen)


def test_an_answer_that_comes_before_the_whole_body_over_http2(run, doors):
    task = {"post": "/unread", "body": "x" * 100_000, "expect": {"status": 403}}
    outcome = run(doors.url("h2"), {"protocol": "h2", "tls": trusting(doors)}, task=task)
    assert_sent(outcome)
    assert values(doors.seen("/unread"), "status") == {"403"}


def test_a_server_without_http2(run, doors):
    outcome = run(doors.url("tls"), {"protocol": "h2", "tls": trusting(doors)})
    assert_refused(outcome, "does not offer HTTP/2 over TLS", "http.protocol: h1")
    outcome = run(doors.url("plain"), {"protocol": "h2c"})
    assert_refused(outcome, "does not speak HTTP/2 without TLS")


@pytest.mark.parametrize("protocol", ["h1", "h2"])
def test_a_client_certificate(run, doors, protocol):
    certificate, key = doors.authority.sign("tester")
    tls = trusting(doors, cert=certificate, key=key)
    outcome = run(doors.url("mtls"), {"protocol": protocol, "tls": tls})
    assert_sent(outcome)
    assert values(doors.seen(), "client") == {"CN=tester"}


@pytest.mark.parametrize("server", ["nginx", "haproxy"])
def test_a_client_certificate_that_is_missing_or_refused(run, doors, server):
    with Haproxy(doors) as haproxy:
        url = (haproxy if server == "haproxy" else doors).url("mtls")
        outcome = run(url, {"tls": trusting(doors)})
        assert_refused(outcome, "requires a client certificate", "http.tls.cert and http.tls.key")
        certificate, key = Authority(doors.folder, "foreign").sign("stranger")
        outcome = run(url, {"tls": trusting(doors, cert=certificate, key=key)})
        assert_refused(outcome, f"refuses the client certificate {certificate}")
    assert doors.seen("/small.txt") == []


def test_a_key_of_another_certificate(run, doors):
    certificate, _ = doors.authority.sign("one")
    _, key = doors.authority.sign("two")
    outcome = run(doors.url("mtls"), {"tls": trusting(doors, cert=certificate, key=key)})
    assert_refused(outcome, f"http.tls.key {key} does not fit http.tls.cert {certificate}")


@pytest.mark.parametrize("protocol", ["h1", "h2"])
def test_haproxy_in_front(run, loadgate, doors, protocol):
    with Haproxy(doors) as haproxy:
        http = {"protocol": protocol, "tls": trusting(doors)}
        outcome = run(haproxy.url("h2"), http)
        assert_sent(outcome)
    assert len(doors.seen()) >= total(loadgate.result(), "requests") > 0


def test_a_proxy_for_plain_requests(run, loadgate, doors):
    with ForwardProxy(doors) as proxy:
        outcome = run(doors.url("plain"), {"proxy": proxy.url})
        assert_sent(outcome)
    seen = doors.seen()
    assert len(seen) >= total(loadgate.result(), "requests") > 0
    assert all("tinyproxy" in via for via in values(seen, "via"))


def test_a_proxy_opens_tunnels_for_tls(run, doors):
    with ForwardProxy(doors) as proxy:
        outcome = run(doors.url("tls"), {"proxy": proxy.url, "tls": trusting(doors)})
        assert_sent(outcome)
        assert f"CONNECT 127.0.0.1:{doors.ports['tls']}" in proxy.log()
    assert values(doors.seen(), "via") == {"-"}


def test_a_proxy_that_is_not_there_or_leads_nowhere(run, doors):
    port = free_port()
    outcome = run(doors.url("plain"), {"proxy": f"http://127.0.0.1:{port}"})
    assert_refused(outcome, f"no proxy listens on 127.0.0.1:{port}", "http.proxy")
    with ForwardProxy(doors) as proxy:
        outcome = run(doors.url("h2"), {"proxy": proxy.url, "tls": trusting(doors)})
    assert_refused(outcome, f"the proxy 127.0.0.1:{proxy.port} does not lead to 127.0.0.1:")


def test_a_unix_socket(run, doors):
    outcome = run("http://shop.invalid", {"unix_socket": doors.socket})
    assert_sent(outcome)
    seen = doors.seen()
    assert values(seen, "host") == {"shop.invalid"}
    assert len(values(seen, "connection")) == connections_of_two(outcome)


def test_a_unix_socket_that_is_not_there(run, doors):
    missing = doors.folder / "missing.sock"
    outcome = run("http://shop.invalid", {"unix_socket": missing})
    assert_refused(outcome, f"there is no unix socket {missing}")


def test_redirects_are_followed_when_asked(run, doors):
    outcome = run(doors.url("plain"), {"redirects": 1}, path="/hop")
    assert_sent(outcome)
    assert len(doors.seen("/small.txt")) == len(doors.seen("/hop")) > 0


def test_redirects_are_not_followed_unless_asked(run, doors):
    outcome = run(doors.url("plain"), {}, path="/hop")
    assert_sent(outcome)
    assert doors.seen("/small.txt") == []


def test_a_loop_of_redirects_fails(run, doors):
    outcome = run(doors.url("plain"), {"redirects": 3}, path="/loop")
    assert outcome.code in (THRESHOLD_MISSED, INVALID_RUN), str(outcome)
    assert "more redirects than the 3" in text_of(outcome), str(outcome)


@pytest.mark.parametrize("compression", [True, False])
def test_compression(run, doors, compression):
    outcome = run(doors.url("plain"), {"compression": compression}, path="/large.txt")
    assert_sent(outcome)
    seen = doors.seen("/large.txt")
    assert all(("gzip" in encoding) == compression for encoding in values(seen, "encoding"))
    assert all((int(size) < 10_000) == compression for size in values(seen, "body"))


def test_a_connection_for_each_request_is_really_new(run, doors):
    outcome = run(doors.url("tls"), {"connections": "per_request", "tls": trusting(doors)})
    assert_sent(outcome)
    seen = doors.seen()
    assert len(values(seen, "connection")) == len(seen) > 2
    assert values(seen, "turn") == {"1"}
    assert values(seen, "resumed") == {"."}


@pytest.mark.skipif(not has_ipv6(), reason="this machine has no ::1")
def test_ipv6(run, doors):
    outcome = run(f"http://[::1]:{doors.ipv6_port}", {})
    assert_sent(outcome)
    assert values(doors.seen(), "host") == {f"[::1]:{doors.ipv6_port}"}
