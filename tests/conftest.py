"""What all tests share: the option that rewrites golden reports, and quiet surroundings."""

import os
import shutil
import tempfile

import pytest
from hypothesis import HealthCheck, settings

from bpo_assess.checking import one_file
from bpo_assess.loading import evidence

settings.register_profile(
    "default",
    deadline=None,
    max_examples=60,
    suppress_health_check=[HealthCheck.too_slow],
    derandomize=True,
)
settings.register_profile("thorough", deadline=None, max_examples=1000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "default"))


_CACHE = "XDG_CACHE_HOME"
_OURS = ("BPO_ASSESS_", "GITHUB_")


def pytest_configure() -> None:
    """Keep what a user has set or remembered out of the tests, and the tests out of that."""
    for name in [name for name in os.environ if name.startswith(_OURS)]:
        del os.environ[name]
    os.environ[_CACHE] = tempfile.mkdtemp(prefix="bpo-assess-tests-")


def pytest_unconfigure() -> None:
    shutil.rmtree(os.environ[_CACHE], ignore_errors=True)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="Rewrite the golden reports.")


@pytest.fixture(autouse=True)
def _another_folder() -> None:
    """Forget how folders are seen: a test may change the folder, which a run of the program never does."""
    for cached in (one_file._seen, evidence._real, evidence.root_of):
        cached.cache_clear()


@pytest.fixture
def update_golden(request: pytest.FixtureRequest) -> bool:
    return bool(request.config.getoption("--update-golden"))
