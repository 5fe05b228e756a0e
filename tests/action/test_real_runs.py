"""The action with the real binary, as a fork's pull request has it: no token, no secret."""

import json
import re

import pytest
import yaml
from github_runner.marketplace import git

SERVICE = '''
import http.server, os, pathlib
BODY = pathlib.Path(__file__).with_name("body").read_bytes()
class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    def do_GET(self):
        self.send_response(200 if self.path == "/health" else int(os.environ.get("STATUS", "200")))
        self.send_header("Content-Length", str(len(BODY)))
        self.end_headers()
        self.wfile.write(BODY)
    def log_message(self, *_): pass
http.server.ThreadingHTTPServer(("127.0.0.1", int(os.environ["PORT"])), Handler).serve_forever()
'''
PLAN = """name: {name}
start: {{ command: exec /usr/bin/python3 -B app.py }}
ready: {{ get: /health, within: 20s }}
stages:
  - {{ name: steady, for: 1s, rate: 20/s }}
scenarios:
  - name: visitor
    tasks:
      - get: /
        {expect}
thresholds:
  - {threshold}
"""
WORKFLOW = yaml.load("""
jobs:
  gate:
    steps:
      - uses: actions/checkout@0
        with: { fetch-depth: "2", persist-credentials: "false" }
      - name: gate
        uses: someone/loadgate@0
        with: { plan: loadgate.yaml, mode: run }
""", yaml.BaseLoader)
# What would be commands, scripts, markup or expressions where it is taken for such.
HOSTILE = [
    "::error title=pwned::pwned", "##[error]pwned", "##[add-mask]the", "::stop-commands::pwned",
    "`touch pwned`", "$(touch pwned)", "${{ github.token }}", "<script>pwned</script>",
    "<img src=x onerror=pwned>", "| a | b |", "[pwned](https://pwned.invalid)",
]


def plan(name="shop", expect="expect: { status: 200 }", threshold="p95 < 5s"):
    return PLAN.format(name=name, expect=expect, threshold=threshold)


def fork(project, files, branch="change"):
    """A pull request of somebody with no rights here."""
    project.commit({"app.py": SERVICE, "body": "hello\n", **files})
    project.commit({"more.txt": ""}, branch)
    return project.pull_request(branch, is_private=True).run(WORKFLOW)


def test_a_plan_that_holds_passes(project):
    job = fork(project, {"loadgate.yaml": plan()})
    assert job.status == "success", job
    outputs = job.step("gate").outputs
    assert outputs["verdict"] in ("passed", "inconclusive"), "nothing is stored yet"
    assert outputs["exit-code"] == "0" and outputs["baseline-changed"] == "false"
    for name in ("junit", "html", "json"):
        assert (job.workspace / outputs[name]).is_file()
    assert "shop" in job.summary
    assert not [note for note in job.annotations if note.name == "error"]
    assert list(job.artifacts) == ["loadgate-gate-loadgate-run"]


def test_a_missed_threshold_fails_at_its_line(project):
    text = plan(threshold="p95 < 1us")
    job = fork(project, {"loadgate.yaml": text})
    assert job.status == "failure", job
    assert job.step("gate").outputs["verdict"] == "threshold-missed"
    assert job.step("Run the gate").code == 2
    line = text.splitlines().index("  - p95 < 1us") + 1
    errors = [note for note in job.annotations if note.name == "error"]
    assert [(note.properties["file"], note.properties["line"]) for note in errors] == [
        ("loadgate.yaml", str(line))]
    assert "loadgate-gate-loadgate-run" in job.artifacts


def test_a_wrong_plan_fails_with_its_complaint(project):
    job = fork(project, {"loadgate.yaml": plan().replace("rate:", "rat:")})
    assert job.status == "failure", job
    assert job.step("gate").outputs["verdict"] == "bad-input"
    assert 'unknown key "rat"' in job.log


@pytest.fixture(scope="module")
def body():
    """One line each, after each kind of line break, and all of them in one."""
    lines = [" " + text for text in HOSTILE] + HOSTILE + [" ".join(HOSTILE)]
    return "\n".join(lines) + "\r" + "\r".join(HOSTILE) + "\r\n" + "\u2028".join(HOSTILE)


def test_what_a_service_answers_and_names_in_plans_stay_text(project, body):
    name = json.dumps(" ".join(HOSTILE).replace("$", "$$"))  # $$ is a $ in plans.
    task = f"name: {name}\n        expect: {{ contains: absent }}"
    job = fork(project, {"loadgate.yaml": plan(name, task, "error_rate < 1%"), "body": body},
               branch="x`id`$(touch${IFS}pwned)<b>")
    assert job.status == "failure", job
    assert job.step("gate").outputs["verdict"] == "threshold-missed", job
    for command in [one for step in job.steps for one in step.said.commands]:
        assert not command.is_old, command
        assert command.name in ("error", "warning", "notice", "group", "endgroup"), command
        assert command.properties.get("title") != "pwned" and command.data != "pwned", command
    errors = [note for note in job.annotations if note.name == "error"]
    assert {note.properties["file"] for note in errors} == {"loadgate.yaml"}, errors
    assert not list(job.folder.rglob("pwned")) and not list(project.folder.rglob("pwned"))
    assert not re.search(r"<(script|img)", without_code(job.summary)), job.summary
    assert "](https://pwned" not in without_code(job.summary)
    assert git(job.workspace, "status", "--porcelain", "--untracked-files=no") == ""


def without_code(markdown):
    """What a reader of Markdown takes for text or markup, not for code."""
    markdown = re.sub(r"^(```+)[^\n]*\n.*?^\1", "", markdown, flags=re.M | re.S)
    markdown = re.sub(r"(`+)(?!`).*?[^`]\1(?!`)", "", markdown, flags=re.S)
    return markdown.replace(r"\]", "").replace(r"\[", "").replace(r"\<", "")
