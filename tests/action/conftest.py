"""A repo on a GitHub of our own: pull requests, and jobs that run their workflows."""

import sys
from pathlib import Path

import pytest

sys.path[:0] = [str(Path(__file__).resolve().parent), str(Path(__file__).resolve().parents[1])]

from github_runner.actions import PublishedAction  # noqa: E402
from github_runner.project import Project  # noqa: E402
from support.loadgate import binary  # noqa: E402
from support.processes import leftovers  # noqa: E402


@pytest.fixture(autouse=True, scope="session")
def nothing_left_behind():
    yield
    assert leftovers() == []


@pytest.fixture(scope="session")
def published(tmp_path_factory):
    """The action as GitHub fetches it; its scripts/build hands out the binary under test."""
    assert binary().exists(), f"{binary()} is not built"
    return PublishedAction(tmp_path_factory.mktemp("actions"), binary())


@pytest.fixture(scope="session")
def caches(tmp_path_factory):
    return tmp_path_factory.mktemp("caches")


@pytest.fixture
def project(tmp_path, published, caches):
    return Project(tmp_path, published, caches)


@pytest.fixture(autouse=True, scope="session")
def git_identity(tmp_path_factory):
    config = tmp_path_factory.mktemp("git") / "config"
    config.write_text("[user]\nname = A\nemail = a@example.com\n[init]\ndefaultBranch = main\n")
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("GIT_CONFIG_GLOBAL", str(config))
        yield
