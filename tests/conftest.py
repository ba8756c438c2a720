"""What several tests share: the seeds (where they are), and the flag that makes golden files anew."""

import os
from pathlib import Path

import pytest

SEEDS = Path(__file__).parents[2] / "shared" / "seeds"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--regenerate", action="store_true", help="write golden files anew instead of comparing")


@pytest.fixture
def regenerate(request: pytest.FixtureRequest) -> bool:
    return bool(request.config.getoption("--regenerate"))


@pytest.fixture
def seeds() -> Path:
    if not SEEDS.is_dir():
        pytest.skip("the real documents (../shared/seeds) are not on this machine")
    return SEEDS


def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> None:
    """With LJUSKOLL_ALL set a skip is a failure: nothing may be missing where everything is installed."""
    if (
        os.environ.get("LJUSKOLL_ALL")
        and call.excinfo is not None
        and call.excinfo.errisinstance(pytest.skip.Exception)
    ):
        call.excinfo = pytest.ExceptionInfo.from_exc_info(
            (
                AssertionError,
                AssertionError(f"skipped though LJUSKOLL_ALL is set: {call.excinfo.value}"),
                call.excinfo.tb,
            )
        )
