"""loadgate init: first plans, from nothing, a recording or a description."""

import re

import pytest
from support import recorded_shop
from support.loadgate import BAD_INPUT, PASSED, REPO
from support.recorded_shop import RecordedShop

FIXTURES = REPO / "tests/fixtures"
SECRETS = {"PASSWORD": recorded_shop.PASSWORD, "X_API_KEY": recorded_shop.KEY,
           "CLIENT_SECRET": recorded_shop.CLIENT_SECRET}
RECORDED = ["correct horse", "correct+horse", "live_51HvbqT9z", "s3cr3t-of-the-app", "eyJhbGci",
            "kQ7vN2xPzLr8TgWb3uYc", "h5Jd9KqLmW2e", "8c1f0d2b7a6e", "abc123tracker"]


def files(folder):
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


def test_an_empty_folder_gets_a_plan_that_validates_and_a_workflow(loadgate):
    outcome = loadgate.run("init")
    assert outcome.code == PASSED, str(outcome)
    assert files(loadgate.folder) == [".github/workflows/loadgate.yml", "loadgate.yaml"]
    assert "wrote loadgate.yaml" in outcome.stdout
    outcome = loadgate.run("validate", "loadgate.yaml")
    assert outcome.code == PASSED, str(outcome)
    workflow = (loadgate.folder / ".github/workflows/loadgate.yml").read_text()
    assert "uses: OWNER/loadgate@COMMIT\n        with:\n          plan: loadgate.yaml\n" in workflow
    assert "@" not in re.sub(r"actions/checkout@[0-9a-f]{40}|OWNER/loadgate@COMMIT", "", workflow)


PROJECTS = {
    "django": ({"manage.py": "", "requirements.txt": "django\ngunicorn\n", "shop/wsgi.py": ""},
               "\n  command: gunicorn shop.wsgi -b 127.0.0.1:{{ port }}\n"),
    "django alone": ({"manage.py": ""},
                     "\n  command: python3 manage.py runserver --noreload 127.0.0.1:{{ port }}\n"),
    "node": ({"package.json": '{"scripts": {"start": "node server.js"}}',
              "server.js": "listen(process.env.PORT)"}, "\n  command: npm start\n"),
    "node without PORT": ({"package.json": '{"scripts": {"start": "x"}}'},
                          "\n#   command: npm start\n"),
    "node without start": ({"package.json": '{"scripts": {"test": "x"}}'},
                           "\n#   command: ./my-service --port {{ port }}\n"),
    "go": ({"go.mod": "module x", "main.go": 'os.Getenv("PORT")'}, "\n  command: go run .\n"),
    "container": ({"Dockerfile": "FROM x\nEXPOSE 9000\n"},
                  "-p 127.0.0.1:{{ port }}:9000 service-under-test\n"),
}


@pytest.mark.parametrize("name", PROJECTS)
def test_the_starter_plan_knows_the_folder_it_stands_in(loadgate, name):
    content, expected = PROJECTS[name]
    for path, text in content.items():
        (loadgate.folder / path).parent.mkdir(exist_ok=True)
        (loadgate.folder / path).write_text(text)
    assert loadgate.run("init").code == PASSED
    assert expected in (loadgate.folder / "loadgate.yaml").read_text()
    outcome = loadgate.run("validate", "loadgate.yaml")
    assert outcome.code == PASSED, str(outcome)


def test_nothing_is_overwritten_without_force(loadgate):
    workflow = loadgate.folder / ".github/workflows/loadgate.yml"
    workflow.parent.mkdir(parents=True)
    workflow.write_text("mine\n")
    outcome = loadgate.run("init")
    assert outcome.code == BAD_INPUT, str(outcome)
    assert outcome.stderr == ("loadgate: .github/workflows/loadgate.yml is there already: nothing "
                              "was written; --force replaces it\n")
    assert files(loadgate.folder) == [".github/workflows/loadgate.yml"]
    assert workflow.read_text() == "mine\n"
    outcome = loadgate.run("init", "--force", "--out", "performance/plan.yaml")
    assert outcome.code == PASSED, str(outcome)
    assert "plan: performance/plan.yaml" in workflow.read_text()
    assert loadgate.run("validate", "performance/plan.yaml").code == PASSED


def test_the_plan_of_a_recording_does_again_what_was_recorded(loadgate):
    outcome = loadgate.run("init", "--from-har", FIXTURES / "shop.har")
    assert outcome.code == PASSED, str(outcome)
    plan = loadgate.folder / "loadgate.yaml"
    text = plan.read_text()
    outputs = [text, outcome.stdout, outcome.stderr]
    # Nobody waits for a person in a test.
    plan.write_text(re.sub(r"wait: \S+", "wait: 20ms", text))
    with RecordedShop() as shop:
        env = {"TARGET": shop.url, **SECRETS}
        outcome = loadgate.run("run", plan, "--users", "2", "--run-time", "2s", env=env)
        seen = shop.seen()
    outputs += [outcome.stdout, outcome.stderr]
    outputs += [path.read_text() for path in loadgate.out.rglob("*") if path.is_file()]
    assert outcome.code == PASSED, str(outcome)
    assert {re.sub(r"\?.*", "", line) for line in seen} == {
        "200 GET /login/", "302 POST /login/", "200 GET /account/", "200 POST /api/token/",
        "200 GET /api/items", "200 GET /api/items/42", "404 GET /api/items/77",
        "201 POST /api/carts/6f9619ff-8b86-d011-b42d-00cf4fc964ff/items"}
    for output in outputs:
        for secret in [*RECORDED, *SECRETS.values()]:
            assert secret not in output, secret


def test_the_plan_of_a_recording_asks_for_its_secrets(loadgate):
    assert loadgate.run("init", "--from-har", FIXTURES / "shop.har").code == PASSED
    outcome = loadgate.run("validate", "loadgate.yaml")
    assert outcome.code == BAD_INPUT
    assert "the environment variable PASSWORD is not set" in outcome.stderr
    assert "set PASSWORD" in outcome.stderr


@pytest.mark.parametrize("name", ["blog.openapi.yaml", "kennel.openapi.json"])
def test_the_plan_of_a_description_validates(loadgate, name):
    outcome = loadgate.run("init", "--from-openapi", FIXTURES / name, "--out", "api.yaml")
    assert outcome.code == PASSED, str(outcome)
    env = {name: "x" for name in ("TOKEN", "PASSWORD", "API_KEY", "AUTH_USER")}
    outcome = loadgate.run("validate", "api.yaml", env=env)
    assert outcome.code == PASSED, str(outcome)
    assert files(loadgate.folder) == ["api.yaml"]


@pytest.mark.parametrize(
    ("flag", "text", "said"),
    [
        ("--from-har", '{"log":\n "hunter2', "broken:2:10: this is not JSON"),
        ("--from-har", "{}", "broken: this is no recording (HAR)"),
        ("--from-openapi", "a: [", "broken:1:1: this is not YAML"),
        ("--from-openapi", "swagger: '2.0'", "broken: this is Swagger 2.0; loadgate reads OpenAPI"),
    ],
)
def test_a_broken_file_is_refused_with_its_place(loadgate, flag, text, said):
    (loadgate.folder / "broken").write_text(text)
    outcome = loadgate.run("init", flag, "broken")
    assert outcome.code == BAD_INPUT, str(outcome)
    assert outcome.stderr.startswith("loadgate: " + said), str(outcome)
    assert "hunter2" not in outcome.stderr
    assert files(loadgate.folder) == ["broken"]


def test_an_absent_file_and_two_sources_are_refused(loadgate):
    assert loadgate.run("init", "--from-har", "absent.har").code == BAD_INPUT
    outcome = loadgate.run("init", "--from-har", "a", "--from-openapi", "b")
    assert outcome.code == BAD_INPUT, str(outcome)
    assert loadgate.run("init", "--assets").code == BAD_INPUT
    assert files(loadgate.folder) == []
