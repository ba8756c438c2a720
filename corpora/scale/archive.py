"""Writes an archive below a folder, by one process or several."""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context
from pathlib import Path

from ljuskoll.corpora.scale.files import FILES_A_HOUSE, TrueFile, make_file, plan_file
from ljuskoll.nlp.errors import UsageError

Progress = Callable[[int], None]
"""Called with the number of files just written."""


def write_archive(
    out: Path,
    documents: int,
    seed: int = 1,
    workers: int = 1,
    truth: Path | None = None,
    progress: Progress = lambda _written: None,
) -> None:
    """Writes `documents` files below `out`, and where `truth` is given what is true of each, one a line.

    The same bytes for a seed, whatever the workers; a smaller archive is the beginning of a larger one.
    Raises UsageError for a folder that holds something, a `truth` inside it, or more documents than there are names.
    """
    _check(out, documents, seed, truth)
    lines: list[str] = []
    for part in _parts(out, documents, seed, workers):
        progress(len(part))
        lines += (one.model_dump_json() + "\n" for one in part if truth)
    if truth is not None:
        truth.parent.mkdir(parents=True, exist_ok=True)
        truth.write_bytes("".join(lines).encode())


def _check(out: Path, documents: int, seed: int, truth: Path | None) -> None:
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise UsageError(f"{out}: mappen är inte tom. Välj en ny, så att arkivet blir det som begärs.")
    if truth is not None and truth.resolve().is_relative_to(out.resolve()):
        raise UsageError(f"{truth}: facit kan inte ligga i arkivet, där det skulle läsas som ett dokument.")
    if documents:
        plan_file(seed, documents - 1)


def _parts(out: Path, documents: int, seed: int, workers: int) -> Iterator[Sequence[TrueFile]]:
    """The files in order, a municipality at a time."""
    parts = [range(first, min(first + FILES_A_HOUSE, documents)) for first in range(0, documents, FILES_A_HOUSE)]
    write = partial(_write_part, out, seed)
    if workers == 1:
        yield from map(write, parts)
        return
    with ProcessPoolExecutor(workers, get_context("spawn")) as pool:
        yield from pool.map(write, parts)


def _write_part(out: Path, seed: int, numbers: Sequence[int]) -> list[TrueFile]:
    made = []
    for number in numbers:
        data, true = make_file(plan_file(seed, number))
        path = out / true.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        made.append(true)
    return made
