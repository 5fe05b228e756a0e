"""A wrong plan or command line is refused with its place, before anything is sent."""

import socket

import pytest
from plans import steady
from support.loadgate import BAD_INPUT, PASSED, REPO

WRONG = """\
name: wrong
target: http://127.0.0.1:{port}
stages:
  - name: climb
    for: 10s
    users: 5
    spwan_rate: 2/s
scenarios:
  - tasks:
      - get: /
        query: {{ id: "{{{{ random_itn(1, 5) }}}}" }}
thresholds:
  - p95 < 200
"""


@pytest.fixture
def listener():
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.setblocking(False)
        yield server


def port_of(listener):
    return listener.getsockname()[1]


def nobody_called(listener):
    try:
        listener.accept()
    except BlockingIOError:
        return True
    return False


@pytest.mark.parametrize("command", [("run",), ("validate",), ("baseline", "record")])
def test_all_problems_are_said_at_once_and_nothing_is_sent(loadgate, listener, command):
    plan = loadgate.plan(WRONG.format(port=port_of(listener)))
    outcome = loadgate.run(*command, plan)
    assert outcome.code == BAD_INPUT, str(outcome)
    for place in ("plan.yaml:7:5: ", "plan.yaml:11:", "plan.yaml:13:"):
        assert place in outcome.stderr, str(outcome)
    assert 'unknown key "spwan_rate"' in outcome.stderr
    assert '    ^^^^^^^^^^ did you mean "spawn_rate"?' in outcome.stderr
    assert nobody_called(listener)
    assert not loadgate.out.exists()


def test_a_right_plan_is_accepted_without_a_call(loadgate, listener):
    plan = loadgate.plan(steady())
    outcome = loadgate.run("validate", plan, "--host", f"http://127.0.0.1:{port_of(listener)}")
    assert outcome.code == PASSED, str(outcome)
    assert nobody_called(listener)


@pytest.mark.parametrize("key", ["monitor: {}", "search: {}"])
def test_keys_of_later_versions_are_refused_not_ignored(loadgate, key):
    outcome = loadgate.run("validate", loadgate.plan(steady() + key + "\n"))
    assert outcome.code == BAD_INPUT, str(outcome)
    assert "not supported yet" in outcome.stderr, str(outcome)


def test_a_plan_may_say_what_is_watched_and_how_a_duet_goes(loadgate):
    plan = loadgate.plan(steady() + """
start: { command: "serve {{ port }}" }
watch: { web: { port: "{{ port }}" }, db: { process: postgres } }
duet: { rate: 120/s, restart: never }
gate: { detect: { duet: { p95: 10% } }, floor: { cpu_per_request: 50us } }
""")
    outcome = loadgate.run("validate", plan)
    assert outcome.code == PASSED, str(outcome)


@pytest.mark.parametrize("plan", sorted(REPO.glob("configs/*.yaml")), ids=lambda plan: plan.name)
def test_every_example_plan_is_right(loadgate, plan):
    outcome = loadgate.run("validate", plan, env={"TOKEN": "of custom-endpoint.yaml"})
    assert outcome.code == PASSED, str(outcome)


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["fly"],
        ["run"],
        ["run", "absent.yaml"],
        ["run", "plan.yaml", "--spawn-rate", "5"],
        ["run", "plan.yaml", "--users", "many"],
        ["run", "plan.yaml", "--no-such-flag"],
        ["report", "absent.json"],
        ["compare", "absent", "absent.json"],
        ["baseline", "add", "plan.yaml"],
    ],
    ids=" ".join,
)
def test_a_wrong_command_line_is_said(loadgate, arguments):
    loadgate.plan(steady())
    outcome = loadgate.run(*arguments)
    assert outcome.code == BAD_INPUT, str(outcome)
    assert outcome.stderr.strip(), str(outcome)


@pytest.mark.parametrize(("words", "said"), [
    ((), "a command is missing\nloadgate --help lists them.\n"),
    (("runn", "plan.yaml"), 'there is no command "runn"\nloadgate --help lists them.\n'),
    (("baseline",), "a command is missing\nloadgate baseline --help lists them.\n"),
    (("baseline", "recrod", "plan.yaml"),
     'there is no command "recrod"\nloadgate baseline --help lists them.\n'),
    (("run", "plan.yaml", "--color", "some"),
     '--color: "some" is not one of auto, always, never\nRun with --help for more information.\n'),
])
def test_a_wrong_command_line_says_which_word_is_wrong(loadgate, words, said):
    outcome = loadgate.run(*words)
    assert outcome.code == BAD_INPUT, str(outcome)
    assert outcome.stderr == said


@pytest.mark.parametrize(("command", "words"), [
    ((), "Exit codes: 0 passed, 1 regression"),
    (("run",), "exit codes: see `loadgate --help`"),
    (("try",), "2 some did not"),
])
def test_help_leads_to_the_exit_codes(loadgate, command, words):
    assert words in loadgate.run(*command, "--help").stdout


@pytest.mark.parametrize(("line", "hint"), [
    ("stages: [{ for: 2s, users: ${N} }]", 'within { } and [ ], quote it: "${…}"'),
    ("start: run trap : TERM", 'quote the whole value: YAML reads ": " its own way'),
])
def test_what_yaml_takes_without_quotes_is_explained(loadgate, line, hint):
    outcome = loadgate.run("validate", loadgate.plan(f"name: x\n{line}\n"))
    assert outcome.code == BAD_INPUT, str(outcome)
    assert f"^ {hint}\n" in outcome.stderr
