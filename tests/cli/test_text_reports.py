"""Other people's readers take the Markdown, CSV and OpenMetrics that golden tests approve."""

import csv
import io
import re
import shutil
from pathlib import Path

import pytest
from support.markdown import Page

GOLDEN = Path(__file__).resolve().parent.parent / "golden"
CASES = sorted(path.name.removesuffix(".md") for path in GOLDEN.glob("*.md"))

# What GitHub lets through and we write ourselves.
OUR_TAGS = {"h2", "h3", "p", "strong", "ul", "li", "table", "thead", "tbody", "tr", "th", "td",
            "details", "summary", "pre", "code", "span"}

needs_cmark = pytest.mark.skipif(shutil.which("cmark-gfm") is None,
                                 reason="cmark-gfm is not installed: apt-get install cmark-gfm")


def text_of(case, ending):
    return (GOLDEN / f"{case}.{ending}").read_bytes().decode()


def test_there_are_files_to_read():
    assert set(CASES) >= {"passed", "regression", "hostile", "empty", "duet-regression"}


@needs_cmark
@pytest.mark.parametrize("case", CASES)
def test_markdown_has_our_markup_and_no_other(case):
    page = Page(text_of(case, "md"))
    assert page.tags <= OUR_TAGS
    assert page.attributes <= {"align", "class", "lang"}
    assert "Run it again" in page.headings[-1]


@needs_cmark
@pytest.mark.parametrize("case", CASES)
def test_every_row_of_a_table_has_its_cells(case):
    page = Page(text_of(case, "md"))
    assert page.rows
    # cmark-gfm fills short rows up and cuts long ones: count in the source, where "|" is
    # always an entity in a cell.
    rows = [line for line in text_of(case, "md").splitlines() if line.startswith("|")]
    assert len(rows) == len(page.rows) + sum(set(row) <= set("|:- ") for row in rows)
    widths = set()
    for row in rows:
        if set(row) <= set("|:- "):
            assert row.count("|") == last
        widths.add(row.count("|"))
        last = row.count("|")


@needs_cmark
def test_the_first_table_of_a_regression_says_it_all():
    head, first, *_ = Page(text_of("regression", "md")).rows
    assert dict(zip(head, first)) == {
        "": "✗", "metric": "p50", "request": "GET /store/products/", "stage": "peak",
        "base": "8.10 ms", "head": "21.1 ms", "change": "×2.6",
        "95 % interval": "×2.4 to ×2.8, p <0.0001", "limit": "×1.14"}


@needs_cmark
def test_the_command_to_run_it_again_is_letter_by_letter():
    assert "loadgate run configs/storefront.yaml --seed 42\n" in Page(text_of("passed", "md")).code


def table_of(case):
    return list(csv.DictReader(io.StringIO(text_of(case, "csv"), newline=""), strict=True))


@pytest.mark.parametrize("case", CASES)
def test_csv_has_all_columns_in_every_row_and_no_formula(case):
    assert text_of(case, "csv").count("\r\n") == text_of(case, "csv").count("\n")
    rows = table_of(case)
    assert rows
    for row in rows:
        assert None not in row and None not in row.values()
        for cell in row.values():
            assert cell[:1] not in "=+-@" or cell == "" or re.fullmatch(r"-?[0-9.]+", cell), cell


def test_csv_has_the_numbers_of_a_request():
    rows = {(row["stage"], row["request"]): row for row in table_of("duet-regression")}
    row = rows["duet", "all requests"]
    assert float(row["cpu_per_request_head_ms"]) == 3.98
    assert row["cpu_per_request_outcome"] == "fail"
    assert int(rows["", "GET /store/products/"]["requests"]) == 8211


def families_of(case, format="openmetrics.parser"):
    parser = pytest.importorskip(
        f"prometheus_client.{format}",
        reason="not installed: apt-get install python3-prometheus-client")
    return {family.name: family for family in
            parser.text_string_to_metric_families(text_of(case, "metrics.txt"))}


@pytest.mark.parametrize("format", ["openmetrics.parser", "parser"])
@pytest.mark.parametrize("case", CASES)
def test_openmetrics_are_read_by_prometheus_own_parsers(case, format):
    """The second reads the older text format, as pushgateways do."""
    families = families_of(case, format)
    [said] = [sample.labels["verdict"] for sample in families["loadgate_verdict"].samples
              if sample.value == 1]
    assert said in {"passed", "regression", "threshold missed", "inconclusive", "invalid",
                    "interrupted"}
    assert all(family.documentation for family in families.values())


def test_openmetrics_have_the_numbers_of_a_request():
    times = families_of("passed")["loadgate_response_time_seconds"]
    assert (times.type, times.unit) == ("summary", "seconds")
    [p95] = [sample.value for sample in times.samples
             if sample.labels["request"] == "GET /store/products/"
             and sample.labels["stage"] == "" and sample.labels["quantile"] == "0.95"]
    assert p95 == pytest.approx(0.02349)
