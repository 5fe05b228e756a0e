"""Every whole plan in the documentation is right, as it stands there."""

import re
import shutil

import pytest
from support.loadgate import PASSED, REPO

DOCUMENTS = [REPO / "README.md", *sorted(REPO.glob("docs/*.md"))]
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


def test_the_documents_name_no_file_that_is_not_there():
    for document in DOCUMENTS:
        for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", document.read_text()):
            assert (document.parent / target).exists(), f"{document.name}: {target}"
