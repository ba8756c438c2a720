"""Imports of archives: processes and a cluster against one, once more against the first time, many files against few.

Every import is a process of its own, whose peak memory is that of the main process alone.
"""

import json
import shutil
import statistics
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from bench_files import dense_tables, repeated
from distributed import LocalCluster
from PIL import Image, ImageDraw

from ljuskoll.corpora.scale.archive import write_archive
from ljuskoll.service.outputs.files import DOCUMENTS
from ljuskoll.service.outputs.lines import Lines
from ljuskoll.service.record import DocumentRecord

ROUNDS = 3
SOME, FEW, MANY = 150, 1_000, 10_000
"""Documents: to compare ways of working, and numbers of documents."""
AMONG, SECONDS, MEGABYTES = 200, 20, 900
"""Files among which one takes too long and one eats memory, and the limits that they break ..."""
LONG, SIDE = 6_000, 9_000
"""... with so many pages, and so many pixels a side."""
_IMPORT = """
import json, sys, time
from pathlib import Path
import psutil
from ljuskoll.service.cli import main
start = time.perf_counter()
try:
    main(sys.argv[2:])
except SystemExit as error:
    status = error.code
memory = psutil.Process().memory_info()
peak = getattr(memory, "peak_wset", None)
if peak is None:
    import resource
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
Path(sys.argv[1]).write_text(json.dumps([time.perf_counter() - start, peak / 2**20, status]))
"""


def imported(source: Path, out: Path, *options: str) -> tuple[float, float]:
    """Seconds that an import takes once its program is loaded, and the peak memory of its main process in MB."""
    told = out.parent / "told.json"
    command = [sys.executable, "-c", _IMPORT, str(told), "import", str(source), "--out", str(out), *options]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    seconds, peak, _ = json.loads(told.read_text())
    return seconds, peak


def anew(source: Path, out: Path, *options: str) -> Callable[[], float]:
    """An import into an empty folder, to be timed."""

    def work() -> float:
        shutil.rmtree(out, ignore_errors=True)
        return imported(source, out, *options)[0]

    return work


def compare_ways(folder: Path) -> None:
    source = folder / "some"
    write_archive(source, SOME)
    with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=":0") as cluster:
        outs = [folder / name for name in ("one", "two", "dask")]
        options: Sequence[Sequence[str]] = [(), ("--workers", "2"), ("--cluster", cluster.scheduler_address)]
        ways = [anew(source, out, *how) for out, how in zip(outs, options, strict=True)]
        rounds = [[way() for way in ways] for _ in range(ROUNDS)]
    one, two, dask = (statistics.median(times) for times in zip(*rounds, strict=True))
    print(f"import of {SOME} documents, one worker {one:.1f} s: two are {one / two:.2f} times as fast, ", end="")
    print(f"a cluster of two {one / dask:.2f} times; ", end="")
    print("the same bytes" if all(same_bytes(outs[0], out) for out in outs[1:]) else "NOT THE SAME BYTES")
    again, _ = imported(source, outs[0])
    print(f"once more over the unchanged archive: {100 * again / one:.1f} % of the first time ({again:.2f} s)")


def same_bytes(one: Path, other: Path) -> bool:
    """Whether two import folders hold the same files."""
    return files_of(one) == files_of(other)


def files_of(out: Path) -> dict[str, bytes]:
    """All that an import wrote, by path."""
    return {path.relative_to(out).as_posix(): path.read_bytes() for path in out.rglob("*") if path.is_file()}


def compare_sizes(folder: Path) -> None:
    figures = []
    for count in (FEW, MANY):
        source, out = folder / f"of-{count}", folder / f"out-{count}"
        write_archive(source, count, workers=2)
        seconds, peak = imported(source, out, "--workers", "2", "--fast")
        again, _ = imported(source, out, "--workers", "2", "--fast")
        size = sum(path.stat().st_size for path in out.rglob("*") if path.is_file()) / 2**20
        records = sum(1 for _ in (out / "records.jsonl").open("rb"))
        print(f"{count:,} documents ({records:,} records, fast judge, two workers): {seconds:.0f} s, ", end="")
        print(f"peak {peak:.0f} MB, {size:.0f} MB written; once more {100 * again / seconds:.1f} % ({again:.1f} s)")
        figures.append((seconds / count, peak))
        shutil.rmtree(source)
        shutil.rmtree(out)
    (few, low), (many, high) = figures
    print(f"time a document, {MANY:,} / {FEW:,}: {many / few:.2f}; peak memory {high - low:+.0f} MB")


def compare_harm(folder: Path) -> None:
    """What one file that takes too long and one that takes too much memory cost among many."""
    source, limits = folder / "among", ("--timeout", str(SECONDS), "--memory", str(MEGABYTES))
    write_archive(source, AMONG - 2)
    options = ("--workers", "2", "--fast", *limits)
    without, _ = imported(source, folder / "without", *options)
    (source / "slow.pdf").write_bytes(repeated(dense_tables(), LONG))
    large_picture().save(source / "large.png")
    seconds, _ = imported(source, folder / "with", *options)
    documents = list(Lines(folder / "with" / DOCUMENTS, DocumentRecord))
    given_up = [one.path for one in documents if any(problem.component == "limits" for problem in one.errors)]
    print(
        f"{AMONG} documents, {' and '.join(given_up)} of them break a limit: {seconds:.0f} s, {without:.0f} s without ",
        end="",
    )
    print(f"them; the limit of time is {SECONDS} s; {len(documents) - len(given_up)} others done")


def large_picture() -> Image.Image:
    """A page of a poster's size."""
    picture = Image.new("RGB", (SIDE, SIDE), "white")
    drawing = ImageDraw.Draw(picture)
    for line in range(200, SIDE - 200, 150):
        drawing.text((300, line), "Uppdrag: bygga cykelväg. Status: grön.", fill="black", font_size=60)
    return picture


def compare_archives(folder: Path, *parts: str) -> None:
    """All comparisons, or those named, in a folder with room for some gigabytes."""
    for part in parts or tuple(_PARTS):
        _PARTS[part](folder)


_PARTS = {"ways": compare_ways, "harm": compare_harm, "sizes": compare_sizes}

if __name__ == "__main__":
    compare_archives(Path(sys.argv[1]), *sys.argv[2:])
