"""docs/troubleshooting.md quotes loadgate. What it quotes, loadgate says."""

import re

from support.loadgate import REPO

DOCUMENT = REPO / "docs" / "troubleshooting.md"


def told_by_the_source():
    """All texts of the source, in one: adjacent literals joined, placeholders as they are."""
    text = "\n".join(file.read_text() for file in sorted((REPO / "src").rglob("*.cpp")))
    text = re.sub(r'"\s*\n\s*"', "", text)
    return text.replace('\\"', '"').replace("{{", "{").replace("}}", "}")


def quotations():
    """The first column of tables whose first title is "it says"."""
    tables = re.findall(r"^\| it says \|.*\n\|[-|]+\|\n((?:\|.*\n)+)", DOCUMENT.read_text(),
                        re.MULTILINE)
    assert len(tables) >= 9
    for table in tables:
        for row in table.splitlines():
            yield from re.findall(r"`([^`]+)`", row.split(" | ")[0])


def fixed_parts(quotation):
    parts = re.split(r"<[^>]*>|…", quotation)
    return [part.strip(" .:,()×\"") for part in parts if len(part.strip(" .:,()×\"")) > 2]


def test_every_message_of_the_document_is_one_that_loadgate_has():
    source = told_by_the_source()
    unknown = [f"{quotation!r}: {part!r}" for quotation in quotations()
               for part in fixed_parts(quotation) if part not in source]
    assert not unknown, "\n".join(unknown)


def test_every_kind_of_failed_request_is_explained():
    source = (REPO / "src/metrics/sample.cpp").read_text()
    kinds = re.findall(r'^    "([^"]+)",$', source, re.MULTILINE)
    assert "timed out" in kinds
    text = DOCUMENT.read_text()
    for kind in kinds:
        assert kind == "none" or f"\n| {kind} |" in text, kind


def test_every_cause_of_the_gate_is_explained():
    source = (REPO / "src/gate/verdict.cpp").read_text()
    documents = DOCUMENT.read_text() + (REPO / "docs/verdict.md").read_text()
    names = re.search(r"name_of\(Cause cause\) \{.*?\n\}", source, re.DOTALL)[0]
    causes = re.findall(r'"([^"]+)"', names)
    assert "too noisy" in causes
    for cause in causes:
        assert cause == "none" or cause in documents, cause
