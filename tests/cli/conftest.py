"""Real services on free ports of 127.0.0.1, the real binary, and nothing left behind."""

import sys
import tempfile
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from support.loadgate import Loadgate, binary  # noqa: E402
from support.nginx import Nginx  # noqa: E402
from support.processes import leftovers  # noqa: E402
from support.seeds import Seeds  # noqa: E402
from support.storefront import Storefront  # noqa: E402


@pytest.fixture(autouse=True, scope="session")
def nothing_left_behind():
    yield
    assert leftovers() == []


@pytest.fixture(scope="session")
def service_folder():
    """Short, for unix sockets, and open to the account PostgreSQL runs under."""
    with tempfile.TemporaryDirectory(prefix="loadgate-test-") as folder:
        Path(folder).chmod(0o755)
        yield Path(folder)


@pytest.fixture
def loadgate(tmp_path):
    assert binary().exists(), f"{binary()} is not built"
    return Loadgate(tmp_path)


@pytest.fixture
def nginx(service_folder):
    with Nginx(service_folder) as server:
        yield server


@pytest.fixture(scope="module")
def storefront(service_folder):
    with Storefront(service_folder) as shop:
        yield shop


@pytest.fixture(scope="module")
def seeds_service(service_folder):
    with Seeds(service_folder) as service:
        yield service


@pytest.fixture
def seeds(seeds_service):
    """The tutorials' services, with nothing remembered."""
    seeds_service.forget()
    return seeds_service
