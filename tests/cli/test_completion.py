"""Completions in the shells themselves. Each is asked as a user asks: by the tab key."""

import os
import re
import shutil
import subprocess

import pytest
from support.loadgate import BAD_INPUT, PASSED, binary
from support.processes import marked_environment
from support.terminal import OnTerminal


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    """A folder with plans and results in it, and the three scripts."""
    folder = tmp_path_factory.mktemp("project")
    for name in ["plan.yaml", "second plan.yml", "result.json", "notes.txt"]:
        (folder / name).write_text("")
    (folder / "baselines").mkdir()
    for shell in ["bash", "zsh", "fish"]:
        with open(folder / f"loadgate.{shell}", "w") as script:
            subprocess.run([binary(), "completion", shell], check=True, stdout=script, timeout=10)
    return folder


def environment(folder):
    path = f"{binary().parent}:{os.environ['PATH']}"
    return {**marked_environment(), "PATH": path, "HOME": str(folder), "TERM": "xterm"}


def of_bash(folder, line):
    """What bash's function offers at the end of `line`, as readline would call it."""
    # Readline breaks words at "=" too.
    words = [part for word in line.split(" ") for part in re.split(r"(=)", word)]
    words = [word for i, word in enumerate(words) if word or i == len(words) - 1]
    program = (
        'source ./loadgate.bash; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _loadgate;'
        ' printf "%s\\n" "${COMPREPLY[@]}"'
    )
    done = subprocess.run(["bash", "--norc", "-uc", program, "bash", *words], cwd=folder,
                          env=environment(folder), text=True, capture_output=True, timeout=10)
    assert done.stderr == "", done.stderr
    return set(done.stdout.split("\n")) - {""}


def of_fish(folder, line):
    program = f"source loadgate.fish; complete -C '{line}'"
    done = subprocess.run(["fish", "--no-config", "-c", program], cwd=folder, text=True,
                          env=environment(folder), capture_output=True, timeout=10)
    assert done.stderr == "", done.stderr
    return {each.split("\t")[0].replace("\\ ", " ") for each in done.stdout.splitlines()}


def needs(shell):
    if shutil.which(shell) is None:
        pytest.skip(f"{shell} is not installed: scripts/install-dependencies test")


@pytest.fixture(params=["bash", "fish"])
def offered(request, project):
    needs(request.param)
    ask = of_bash if request.param == "bash" else of_fish
    return lambda line: ask(project, line)


def test_commands_are_offered(offered):
    assert {"run", "duet", "baseline", "compare", "completion", "man"} <= offered("loadgate ")
    assert offered("loadgate val") == {"validate"}
    assert offered("loadgate baseline r") == {"record"}


def test_options_of_the_command_and_those_of_all_are_offered(offered):
    assert {"--base-ref", "--base-dir", "--base"} == offered("loadgate duet plan.yaml --base")
    assert "--quiet" in offered("loadgate duet --q")
    assert offered("loadgate compare --stri") == {"--strict"}


def test_choices_are_offered(offered):
    assert offered("loadgate completion ") == {"bash", "zsh", "fish"}
    assert offered("loadgate --color ") == {"auto", "always", "never"}
    assert offered("loadgate duet --plan-from ") == {"head", "base"}
    assert offered("loadgate example quick") == {"quickstart.yaml"}


def test_plans_and_folders_are_offered_where_a_plan_belongs(offered):
    plain = {name.rstrip("/") for name in offered("loadgate run ")}
    assert {"plan.yaml", "second plan.yml", "baselines"} <= plain
    assert "notes.txt" not in plain


def test_results_are_offered_where_a_result_belongs(offered):
    names = offered("loadgate baseline add ")
    assert "result.json" in names
    assert "plan.yaml" not in names


def test_folders_are_offered_where_a_folder_belongs(offered):
    names = {name.rstrip("/") for name in offered("loadgate run plan.yaml --baseline ")}
    assert "baselines" in names
    assert "plan.yaml" not in names


def test_nothing_is_offered_where_a_number_belongs(offered):
    assert offered("loadgate run plan.yaml --users ") == set()


def test_bash_completes_behind_an_equals_sign(project):
    assert of_bash(project, "loadgate --color=al") == {"always"}
    folders = of_bash(project, "loadgate run --baseline=")
    assert "baselines" in folders and "plan.yaml" not in folders


def test_bash_does_not_take_a_value_for_a_command(project):
    assert of_bash(project, "loadgate --color duet val") == {"validate"}


def test_bash_offers_branches(project):
    git = ["git", "-c", "user.name=t", "-c", "user.email=t@example.org"]
    for command in [["init", "-q", "-b", "main"], ["commit", "-q", "--allow-empty", "-m", "x"],
                    ["branch", "feature"]]:
        subprocess.run([*git, *command], cwd=project, check=True, timeout=10)
    assert of_bash(project, "loadgate duet plan.yaml --base-ref ") == {"main", "feature"}
    shutil.rmtree(project / ".git")


@pytest.mark.parametrize("shell, start, prompt", [
    ("bash", "PS1='> '; source ./loadgate.bash\n", ["bash", "--norc", "-i"]),
    ("zsh", "PS1='> '; autoload -Uz compinit; compinit -u -D; source ./loadgate.zsh\n",
     ["zsh", "-f", "-i"]),
])
def test_the_tab_key_completes(project, shell, start, prompt):
    needs(shell)
    with OnTerminal(prompt, project, 120, {"HOME": str(project), "TERM": "dumb"}) as terminal:
        terminal.type(start)
        terminal.type("echo rea''dy\n")
        terminal.wait_for("ready")
        terminal.type("loadgate vali\t")
        terminal.wait_for("validate ")
        terminal.type("pl\t")
        terminal.wait_for("plan.yaml ")
        terminal.type("--spa\t")
        terminal.wait_for("--spawn-rate")
        terminal.type("\x15loadgate baseline rec\t")
        terminal.wait_for("record ")
        terminal.type("\x15loadgate --color nev\t")
        terminal.wait_for("never ")


def test_the_scripts_are_clean(project):
    subprocess.run(["bash", "-n", "loadgate.bash"], cwd=project, check=True, timeout=10)
    if shutil.which("shellcheck"):
        subprocess.run(["shellcheck", "-s", "bash", "-S", "warning", "loadgate.bash"], cwd=project,
                       check=True, timeout=30)
    for shell in ["zsh", "fish"]:
        if shutil.which(shell):
            subprocess.run([shell, "-n", f"loadgate.{shell}"], cwd=project, check=True, timeout=10)


def test_another_shell_is_refused(loadgate):
    outcome = loadgate.run("completion", "tcsh")
    assert outcome.code == BAD_INPUT, str(outcome)
    assert loadgate.run("completion", "bash").code == PASSED
