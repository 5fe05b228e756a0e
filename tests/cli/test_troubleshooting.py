"""docs/troubleshooting.md quotes loadgate. What it quotes, loadgate says, and what loadgate
complains of is quoted."""

import re

from support.loadgate import REPO

DOCUMENT = REPO / "docs" / "troubleshooting.md"
SOURCE = REPO / "src"

# Where sentences come from that users see alone: errors, warnings, reasons of invalid runs.
# Not the problems of a plan (reader, plan: each stands under its caret with its way out) nor
# what is wrong within a stored file (metrics).
FOLDERS = ["base", "baseline", "cli", "live", "load", "monitor", "process", "server", "service",
           "session", "transport"]
FILES = ["gate/judge.cpp", "gate/summary.cpp", "reader/har.cpp", "reader/har_entry.cpp",
         "reader/openapi.cpp", "reader/sketch_json.cpp", "reader/yaml_json.cpp"]
COMPLAINTS = re.compile(r"\b(failure|complain|unquoted|trouble|ValidationError|invalid\.push_back|"
                        r"warnings\.push_back|reasons\.push_back|reasons\.emplace_back)\(")
# These hand their sentences back.
RETURNING = {"transport/reach_words.cpp", "transport/reach.cpp", "load/limits.cpp",
             "live/door.cpp", "gate/judge.cpp", "reader/openapi.cpp", "session/builds.cpp"}
TOKEN = re.compile(r"//[^\n]*|'(?:[^'\\]|\\.)'|\"((?:[^\"\\]|\\.)*)\"")


def unescaped(literal):
    return literal.replace('\\"', '"').replace("{{", "{").replace("}}", "}")


def joined(text):
    """With adjacent literals in one."""
    return re.sub(r'"\s*\n\s*"', "", text)


def told_by_the_source():
    """All texts of the source, in one: adjacent literals joined, placeholders as they are."""
    return "\n".join(unescaped(joined(file.read_text())) for file in sorted(SOURCE.rglob("*.cpp")))


def sentences(file):
    """The literals of each statement that complains, where one has four words and more."""
    literals = []

    def keep(found):
        if found[1] is None:
            return ""
        literals.append(unescaped(found[1]))
        return f"@{len(literals) - 1}@"

    code = TOKEN.sub(keep, joined(file.read_text()))
    code = re.sub(r"during\(\s*@\d+@", "", code)  # What stands before another sentence.
    returns = str(file.relative_to(SOURCE)) in RETURNING
    for statement in code.split(";"):
        if COMPLAINTS.search(statement) or (returns and "return" in statement):
            said = [literals[int(index)] for index in re.findall(r"@(\d+)@", statement)]
            if any(each.strip().count(" ") >= 3 for each in said):
                yield said


def complaints():
    files = [file for folder in FOLDERS for file in sorted((SOURCE / folder).glob("*.cpp"))]
    for file in files + [SOURCE / name for name in FILES]:
        for said in sentences(file):
            yield file.relative_to(SOURCE), said


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


def test_every_complaint_of_loadgate_is_in_the_document():
    parts = {part for quotation in quotations() for part in fixed_parts(quotation)
             if len(part) > 8}
    parts |= {re.sub(r"<[^>]*>", "{}", quotation) for quotation in quotations()}
    found = list(complaints())
    assert len(found) > 100
    missing = [f"{file}: {said}" for file, said in found
               if not any(part in each for part in parts for each in said)]
    assert not missing, "\n".join(missing)


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
