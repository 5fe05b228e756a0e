"""`loadgate demo` shows the whole way, by itself, in about a minute."""

from support.loadgate import PASSED


def test_the_demo_passes_an_unchanged_run_and_fails_a_slower_one(loadgate):
    out = loadgate.folder / "demo"
    outcome = loadgate.run("demo", "--out", out, timeout=150)
    assert outcome.code == PASSED, str(outcome)
    assert outcome.seconds < 90, str(outcome)
    assert "regression" in outcome.stdout.lower()
    for report in ("unchanged/report.html", "slower/report.html", "slower/junit.xml"):
        assert (out / report).is_file(), str(outcome)
