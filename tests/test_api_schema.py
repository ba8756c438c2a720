"""The running service answers as its OpenAPI description says, whatever it is asked."""

from collections.abc import Iterator
from typing import Any

import httpx
import pytest
import schemathesis
from fastapi import FastAPI
from hypothesis import HealthCheck, given, settings
from schemathesis import Case, GenerationMode
from schemathesis.config import PositiveDataAcceptanceConfig

from ljuskoll.service.web import api
from serving import API, administered

EXAMPLES = 8
UNHURRIED = settings(
    max_examples=EXAMPLES, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck)
)


REJECTED = ["2xx", "400", "404"]
"""What is well formed may yet be something that cannot be: a mark that no page gave, a name that is taken."""


def operations(description: dict[str, Any]) -> list[tuple[str, str]]:
    return [(path, method) for path, methods in description["paths"].items() for method in methods]


def described() -> dict[str, Any]:
    """The description without a desk behind it: what is tested has to be known before any test runs."""
    app = FastAPI()
    app.include_router(api.router)
    return app.openapi()


@pytest.fixture(scope="module")
def anna(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    with administered(tmp_path_factory.mktemp("schema")) as one:
        yield one


@pytest.fixture(scope="module")
def ids(anna: httpx.Client) -> dict[str, str]:
    """Ids of what is there, by the beginning of a path."""
    return {
        "records": anna.get("/records").json()["items"][0]["id"],
        "findings": anna.get("/findings").json()["items"][0]["id"],
        "documents": anna.get("/documents").json()["items"][0]["sha256"],
    }


@pytest.fixture(scope="module")
def schema(anna: httpx.Client) -> Any:
    found = schemathesis.openapi.from_dict(anna.get("/openapi.json").json())
    found.config.checks.positive_data_acceptance = PositiveDataAcceptanceConfig(expected_statuses=REJECTED)
    return found


def test_every_operation_is_asked(anna: httpx.Client) -> None:
    assert operations(anna.get("/openapi.json").json()) == operations(described())


@pytest.mark.parametrize("mode", list(GenerationMode), ids=lambda mode: mode.value)
@pytest.mark.parametrize(("path", "method"), operations(described()))
def test_every_answer_is_described(
    schema: Any, anna: httpx.Client, ids: dict[str, str], path: str, method: str, mode: GenerationMode
) -> None:
    operation = schema[path][method]
    if mode is GenerationMode.NEGATIVE and not (operation.body or list(operation.iter_parameters())):
        return  # there is nothing to ask wrongly
    sent = {
        "base_url": str(anna.base_url).removesuffix(f"{API}/"),
        "headers": {"Authorization": anna.headers["authorization"]},
    }
    known = ids.get(path.removeprefix(f"{API}/").partition("/")[0])

    @UNHURRIED
    @given(operation.as_strategy(generation_mode=mode))
    def ask(case: Case) -> None:
        case.call_and_validate(**sent)
        name = next((name for name in ("identity", "sha256") if name in case.path_parameters), None)
        if known and name and mode is GenerationMode.POSITIVE and method != "delete":
            case.path_parameters[name] = known
            case.call_and_validate(**sent)

    ask()
