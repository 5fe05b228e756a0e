"""What the documentation names is there: plans as they stand, links, options, fields, folders."""

import re
import shutil

import pytest
from support.loadgate import PASSED, REPO

DOCUMENTS = [REPO / "README.md", *sorted(REPO.glob("docs/*.md"))]
LINKED = [*DOCUMENTS, REPO / "CHANGELOG.md", REPO / "src/README.md", REPO / "bench/README.md",
          REPO / ".github/CONTRIBUTING.md"]
# What the plans of the documents read from the environment.
ENVIRONMENT = {"PASSWORD": "of-a-test", "TOKEN": "of-a-test"}

# The files they read, beside traffic.json.
FILES = {"people.csv": "name,city\nAda,London\nGrace,New York\n"}


def blocks(document):
    """Text and first line of each fenced block that calls itself YAML."""
    text = document.read_text()
    for found in re.finditer(r"^```yaml\n(.*?)^```$", text, re.MULTILINE | re.DOTALL):
        yield text.count("\n", 0, found.start()) + 2, found[1]


def is_whole_plan(block):
    return all(re.search(rf"^{key}:", block, re.MULTILINE) for key in ("name", "scenarios"))


PLANS = [
    pytest.param(block, id=f"{document.relative_to(REPO)}:{line}")
    for document in DOCUMENTS
    for line, block in blocks(document)
    if is_whole_plan(block)
]


@pytest.mark.parametrize("plan", PLANS)
def test_every_whole_plan_of_the_documents_is_right(loadgate, plan):
    shutil.copy(REPO / "configs" / "traffic.json", loadgate.folder)
    for name, content in FILES.items():
        (loadgate.folder / name).write_text(content)
    outcome = loadgate.run("validate", loadgate.plan(plan), env=ENVIRONMENT)
    assert outcome.code == PASSED, str(outcome)


def without_blocks(text):
    return re.sub(r"^ *```.*?^ *```$", "", text, flags=re.MULTILINE | re.DOTALL)


def anchors(document):
    """As GitHub makes them of titles."""
    titles = re.findall(r"^#+ (.*)$", without_blocks(document.read_text()), re.MULTILINE)
    words = [re.sub(r"\[([^]]*)\]\([^)]*\)", r"\1", title).strip().lower() for title in titles]
    return {re.sub(r"[^\w\- ]", "", word).replace(" ", "-") for word in words}


def dead_links(document):
    for target in re.findall(r"\]\(([^)\s]+)\)", without_blocks(document.read_text())):
        if "://" in target:
            continue
        path, _, anchor = target.partition("#")
        file = document.parent / path if path else document
        if not file.exists() or (anchor and anchor not in anchors(file)):
            yield target


@pytest.mark.parametrize("document", LINKED, ids=lambda file: str(file.relative_to(REPO)))
def test_links_lead_to_files_and_titles_that_are_there(document):
    assert list(dead_links(document)) == []


def offered(loadgate):
    """The options of each command as the manual page has them, and those that all have."""
    page = loadgate.run("man").stdout.replace("\\-", "-")
    options, everywhere = {}, set()
    for section in re.split(r"^\.S[SH] ", page, flags=re.MULTILINE):
        title = section.partition("\n")[0]
        own = set(re.findall(r"^\\fB(?:-\w\\fR, \\fB)?(--[a-z-]+)", section, re.MULTILINE))
        if title == "OPTIONS":
            everywhere = own
        elif title.startswith("loadgate "):
            options[" ".join(re.findall(r"\b[a-z]+\b", title)[1:])] = own
    return options, everywhere


def commands_in(text):
    """Every line of `loadgate`, in blocks and within sentences."""
    text = re.sub(r"\\\n\s*", " ", text)  # Lines that go on.
    for found in re.finditer(r"\bloadgate ((?:baseline )?[a-z]+)\b([^`\n#|]*)", text):
        yield found[1], re.findall(r"(?<![\w-])(--[a-z][a-z-]*)", found[2])


def test_the_documents_use_options_that_the_commands_have(loadgate):
    options, everywhere = offered(loadgate)
    assert "--base-ref" in options["duet"] and "--runs" in options["baseline record"]
    assert {"--quiet", "--help"} <= everywhere
    wrong, seen = [], 0
    for document in [*DOCUMENTS, REPO / "CHANGELOG.md"]:
        for command, used in commands_in(document.read_text()):
            if command not in options:
                continue  # A sentence about loadgate.
            seen += len(used)
            wrong += [f"{document.name}: loadgate {command} {option}" for option in used
                      if option not in options[command] | everywhere]
    assert seen > 40
    assert not wrong, "\n".join(wrong)


def words_in(document):
    return set(re.findall(r"\w+", " ".join(
        re.findall(r"`([^`\n]+)`", without_blocks((REPO / "docs" / document).read_text())))))


def test_every_field_of_the_stored_files_is_described():
    writers = [*REPO.glob("src/metrics/*json*.cpp"), *REPO.glob("src/gate/*json*.cpp"),
               REPO / "src/report/json_report.cpp"]
    fields = {field for file in writers for pattern in (r'\{\s*"([a-z]\w*)",', r'\["([a-z]\w*)"\]')
              for field in re.findall(pattern, file.read_text())}
    assert {"p_adjusted", "window_width_ns", "typical_p50_ns"} <= fields
    assert sorted(fields - words_in("result.md")) == []


def test_every_metric_is_described():
    source = (REPO / "src/report/openmetrics_report.cpp").read_text()
    metrics = set(re.findall(r'"(loadgate_\w+)"', source))
    assert len(metrics) > 15
    # Rows name the first in full and of the others what differs.
    words = words_in("reports.md")
    shortened = {word for word in words if word.startswith("_")}
    missing = [metric for metric in sorted(metrics)
               if metric not in words and not any(metric.endswith(word) for word in shortened)]
    assert missing == []


def test_the_map_has_every_folder():
    named = re.findall(r"^\| `(\w+)` \|", (REPO / "src/README.md").read_text(), re.MULTILINE)
    assert sorted(named) == sorted(each.name for each in (REPO / "src").iterdir() if each.is_dir())
