"""Help and man page as a user meets them. tests/unit/cli has the rest."""

import re
import shutil
import subprocess

import pytest
from support.loadgate import BAD_INPUT, PASSED, REPO, binary

def commands_in(text):
    """Those that help lists, and not its options and examples."""
    return [word for word in re.findall(r"^  ([a-z]+)  ", text, re.MULTILINE) if word != "loadgate"]


def test_help_lists_the_commands(loadgate):
    commands = commands_in(loadgate.run("--help").stdout)
    assert {"run", "duet", "noise", "baseline", "validate", "try", "init", "demo"} <= set(commands)


def test_help_of_each_command_fits_a_screen_and_shows_examples(loadgate):
    for command in commands_in(loadgate.run("--help").stdout):
        outcome = loadgate.run(command, "--help")
        assert outcome.code == PASSED, str(outcome)
        lines = outcome.stdout.splitlines()
        assert len(lines) <= 40, outcome.stdout
        assert max(map(len, lines)) <= 80
        assert any(line.startswith(f"  loadgate {command}") for line in lines)


def test_a_wrong_line_says_what_is_wrong_and_where_help_is(loadgate):
    outcome = loadgate.run("rnu", "plan.yaml")
    assert outcome.code == BAD_INPUT
    assert outcome.stderr == 'there is no command "rnu"\nloadgate --help lists them.\n'


@pytest.fixture(scope="module")
def man_page(tmp_path_factory):
    page = tmp_path_factory.mktemp("man") / "loadgate.1"
    with open(page, "w") as file:
        subprocess.run([binary(), "man"], check=True, stdout=file, timeout=10)
    return page


def test_the_man_page_is_clean_to_groff(man_page):
    done = subprocess.run(["groff", "-man", "-ww", "-b", "-z", "-Tutf8", man_page],
                          text=True, capture_output=True, timeout=30)
    assert done.returncode == 0 and done.stderr == "", done.stderr


def test_the_man_page_is_clean_to_mandoc(man_page):
    if shutil.which("mandoc") is None:
        pytest.skip("mandoc is not installed: scripts/install-dependencies test")
    done = subprocess.run(["mandoc", "-T", "lint", "-W", "warning", man_page], text=True,
                          capture_output=True, timeout=30)
    assert done.stdout == "", done.stdout


def test_the_man_page_shows_every_option_as_it_is_typed(man_page):
    shown = subprocess.run(["groff", "-man", "-Tascii", "-P-c", man_page], text=True, check=True,
                           stdout=subprocess.PIPE, timeout=30).stdout
    shown = re.sub(".\b", "", shown)
    for word in ["--base-ref REF", "--no-confirm", "--spawn-rate 5/s", "EXIT STATUS", "NO_COLOR",
                 "loadgate baseline record PLAN"]:
        assert word in shown, word


def test_the_docs_tell_of_each_exit_code(man_page):
    codes = re.findall(r"^\.B (\d+)$", man_page.read_text(), re.MULTILINE)
    assert codes == ["0", "1", "2", "3", "4", "64", "70", "130"]
    for document in ["README.md", "docs/troubleshooting.md"]:
        text = (REPO / document).read_text()
        for code in codes:
            assert re.search(rf"^\| {code} \|", text, re.MULTILINE), f"{document}: {code}"
