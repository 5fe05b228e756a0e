"""Where the binary comes from: a release that is what it says it is, the cache, or a build."""

import hashlib
import http.server
import io
import shutil
import tarfile
import threading
from pathlib import Path

import pytest
from github_runner.actions import script
from github_runner.fake import FakeLoadgate
from test_action import FILES, workflow

PROGRAM = b"#!/bin/sh\necho loadgate 1.2.3\n"
BROKEN = b"#!/no/such/loader\n"


@pytest.fixture
def fake(tmp_path, published):
    return FakeLoadgate(tmp_path, published)


def archive(program, top="loadgate-1.2.3-linux-amd64/"):
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w:gz") as tar:
        entry = tarfile.TarInfo(f"{top}bin/loadgate")
        entry.size, entry.mode = len(program), 0o755
        tar.addfile(entry, io.BytesIO(program))
    return packed.getvalue()


class Releases(http.server.ThreadingHTTPServer):
    def __init__(self, content):
        super().__init__(("127.0.0.1", 0), Handler)
        self.content = content
        self.url = f"http://127.0.0.1:{self.server_port}/loadgate.tar.gz"
        threading.Thread(target=self.serve_forever, args=(0.02,), daemon=True).start()


class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.send_header("Content-Length", str(len(self.server.content)))
        self.end_headers()
        self.wfile.write(self.server.content)

    def log_message(self, *_):
        pass


@pytest.fixture
def release(fake):
    """Publishes an archive and names it in the action's list, as both targets."""
    servers = []

    def publish(content, pinned=None, version="1.2.3"):
        servers.append(Releases(content))
        sum_ = hashlib.sha256(pinned or content).hexdigest()
        fake.actions.releases("# a comment\n" + "".join(
            f"{version} linux-{arch} {sum_} {servers[-1].url}\n" for arch in ("amd64", "arm64")))
    yield publish
    for server in servers:
        server.shutdown()
        server.server_close()


SHOW = {"name": "show", "run": "loadgate --version"}


def install(project, fake, path=None, **given):
    project.commit(FILES)
    return project.push(actions=fake.actions, path=path).run(
        workflow(mode="install", plan="", more=[SHOW], **given))


@pytest.mark.parametrize("top", ["loadgate-1.2.3-linux-amd64/", ""])
def test_the_release_that_the_actions_commit_names_is_installed(project, fake, release, top):
    release(archive(PROGRAM, top))
    job = install(project, fake)
    assert job.status == "success", job
    assert job.step("show").said.log[0] == "loadgate 1.2.3"
    assert job.step("Look for a build of this source").outcome == "skipped"


def test_other_bytes_than_those_pinned_are_refused(project, fake, release):
    release(archive(PROGRAM), pinned=b"what was released")
    job = install(project, fake)
    assert job.status == "failure", job
    assert "is not what this commit of the action pins" in job.annotations[0].data
    assert job.paths == [] and not list(job.temp.rglob("bin"))


def test_an_image_without_curl_gets_it(project, fake, release, tmp_path):
    curl, tools = shutil.which("curl"), tmp_path / "tools"
    tools.mkdir()
    for program in {Path(folder) / name.name for folder in ("/usr/bin", "/bin")
                    for name in Path(folder).iterdir() if name.name not in ("curl", "apt-get", "sudo")}:
        (tools / program.name).unlink(missing_ok=True)
        (tools / program.name).symlink_to(program)
    script(tools / "sudo", '#!/bin/sh\nexec "$@"\n')
    script(tools / "apt-get", '#!/bin/sh\ncase "$*" in *" install "*" curl "*) '
                              f'ln -s {curl} {tools}/curl ;; esac\n')
    release(archive(PROGRAM))
    job = install(project, fake, path=str(tools))
    assert job.status == "success", job
    assert job.step("show").said.log[0] == "loadgate 1.2.3"


def test_two_steps_of_a_job_may_install_two_binaries(project, fake, release):
    """And the release is not kept as a build of this source."""
    release(archive(PROGRAM))
    steps = workflow(mode="install", plan="", more=[
        SHOW, {"name": "built", "uses": "someone/loadgate@0", "with": {"mode": "install", "version": "source"}},
        {"name": "show again", "run": "loadgate --version"}])
    project.commit(FILES)
    job = project.push(actions=fake.actions).run(steps)
    assert job.step("show").said.log[0] == "loadgate 1.2.3", job
    assert job.step("show again").said.log[0] == "loadgate 0.0.0 (a fake)", job


def test_a_release_that_does_not_run_here_is_built_instead(project, fake, release):
    release(archive(BROKEN))
    job = install(project, fake)
    assert job.step("show").said.log[0] == "loadgate 0.0.0 (a fake)", job
    assert "built from source" in job.annotations[0].data


def test_source_is_built_where_it_is_asked_for(project, fake, release):
    release(archive(PROGRAM))
    job = install(project, fake, version="source")
    assert job.step("show").said.log[0] == "loadgate 0.0.0 (a fake)", job


def test_a_version_that_is_known_may_be_named(project, fake, release):
    release(archive(PROGRAM))
    assert install(project, fake, version="1.2.3").status == "success"


def test_a_build_is_kept_for_the_next_job_also_where_the_gate_fails(project, fake):
    fake.ends(1)
    project.commit(FILES)
    first = project.push(actions=fake.actions).run(workflow(args="--base-ref HEAD"))
    assert first.status == "failure" and first.step("Keep the build").outcome == "success"
    fake.actions.build("#!/bin/sh\nexit 9\n")
    other = project.push(actions=fake.actions).run(workflow(args="--base-ref HEAD"))
    assert other.step("Install loadgate").outcome == "failure", "another source, another build"


def test_the_same_source_is_not_built_twice(project, fake):
    project.commit(FILES)
    project.push(actions=fake.actions).run(workflow(mode="install", plan=""))
    (fake.actions.folder / "build" / "release" / "loadgate").unlink()
    again = project.push(actions=fake.actions).run(workflow(mode="install", plan=""))
    assert again.status == "success", again
    assert again.step("Keep the build").outcome == "skipped"
    assert not (fake.actions.folder / "build" / "release" / "loadgate").exists()
