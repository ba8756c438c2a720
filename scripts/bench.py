"""Speed as ratios within one run, rounds interleaved and medians compared, since machines are noisy.

The whole of `read_pdf` (words, lines, tables, marks, paragraphs) is set against pdfplumber's bare text and tables of
the same pages and against pdfium's plain text; its peak memory at a thousand pages against that at a hundred; the time
that checking a record takes in a large archive against that in a small one; the middle and last pages of a large
review's lists against the first; a decision by fifty reviewers at once against an empty endpoint; and imports of whole
archives, with two workers and one (`bench_archive`, most of an hour).
"""

import io
import re
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path

import pdfplumber
import psutil
import pypdfium2
from bench_archive import compare_archives
from bench_checks import check, copies
from bench_files import dense_tables, long_report, repeated
from bench_review import COUNTS, LISTS, ROWS, counting, large_store, page_works
from bench_service import REVIEWERS, decision_times

from ljuskoll.nlp.readers.pdf.read import read_pdf
from ljuskoll.service.store.database import Database, sqlite_url

ROUNDS = 5
FEW, MANY = 100, 1000
"""Pages between which peak memory is compared."""
FEW_RECORDS, MANY_RECORDS = 1_000, 100_000
"""Records between which the time that checking one takes is compared."""
PEAK = "--peak"
LOOK_EVERY = 0.005

Cells = list[list[list[str]]]
_SPACE = re.compile(r"\s+")


def seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def medians(*works: Callable[[], object]) -> list[float]:
    """The median time of each, one after the other in every round."""
    rounds = [[seconds(work) for work in works] for _ in range(ROUNDS)]
    return [statistics.median(times) for times in zip(*rounds, strict=True)]


def without_space(rows: Iterable[Iterable[str | None]]) -> list[list[str]]:
    return [[_SPACE.sub("", cell or "") for cell in row] for row in rows]


def plumber(data: bytes, first: int = 0, step: int = 1) -> Cells:
    """pdfplumber's text and tables of every page, or every so many; the cells without white space."""
    tables: Cells = []
    with pdfplumber.open(io.BytesIO(data)) as pdf:
        for page in pdf.pages[first::step]:
            page.extract_text()
            tables += map(without_space, page.extract_tables())
            page.close()
    return tables


def ours(data: bytes) -> Cells:
    """The cells of every table without white space."""
    return [without_space([cell.text for cell in row] for row in table.rows) for table in read_pdf(data).tables()]


def plain_text(data: bytes) -> int:
    """pdfium's text of every page; its length."""
    length = 0
    document = pypdfium2.PdfDocument(data)
    for page in document:
        text = page.get_textpage()
        length += len(text.get_text_range())
        text.close()
        page.close()
    document.close()
    return length


def compare_readers(name: str, data: bytes) -> None:
    """Times a page; pdfplumber, being slow, reads another part of the pages in every round."""
    pages = len(pypdfium2.PdfDocument(data))
    rounds = [
        (
            seconds(lambda: read_pdf(data)) / pages,
            seconds(partial(plumber, data, first, ROUNDS)) / len(range(first, pages, ROUNDS)),
            seconds(lambda: plain_text(data)) / pages,
        )
        for first in range(ROUNDS)
    ]
    mine, theirs, plain = (1000 * statistics.median(times) for times in zip(*rounds, strict=True))
    print(f"{name}, {pages} pages, ms a page: read_pdf {mine:.2f}, pdfplumber {theirs:.1f}, pdfium's text {plain:.2f}")
    print(f"  {theirs / mine:.1f} times faster than pdfplumber, {mine / plain:.1f} times pdfium's plain text")


def compare_cells(name: str, data: bytes) -> None:
    pairs = [
        (mine, theirs)
        for tables in zip(ours(data), plumber(data), strict=True)
        for rows in zip(*tables, strict=True)
        for mine, theirs in zip(*rows, strict=True)
    ]
    equal = sum(mine == theirs for mine, theirs in pairs)
    print(f"{name}: {equal} of {len(pairs)} cells equal pdfplumber's, white space aside")


def peak_memory(path: Path) -> float:
    """MB at most while a process of its own reads the file."""
    done = subprocess.run([sys.executable, __file__, PEAK, str(path)], check=True, capture_output=True, text=True)
    return float(done.stdout)


def print_peak(path: Path) -> None:
    process, done = psutil.Process(), threading.Event()
    peak = 0

    def watch() -> None:
        nonlocal peak
        while not done.wait(LOOK_EVERY):
            peak = max(peak, process.memory_info().rss)

    watcher = threading.Thread(target=watch)
    watcher.start()
    read_pdf(path.read_bytes())
    done.set()
    watcher.join()
    print(peak / 2**20)


def compare_memory(name: str, data: bytes, folder: Path) -> None:
    peaks = []
    for pages in (FEW, MANY):
        path = folder / f"{pages}.pdf"
        path.write_bytes(repeated(data, pages))
        peaks.append(peak_memory(path))
    few, many = peaks
    print(f"{name}, peak memory: {few:.0f} MB at {FEW} pages, {many:.0f} MB at {MANY}: {many - few:+.0f} MB")


def compare_checks() -> None:
    few, many = (seconds(check(*copies(number))) / number for number in (FEW_RECORDS, MANY_RECORDS))
    print(f"checking {MANY_RECORDS:,} records / {FEW_RECORDS:,}, time a record: {many / few:.2f} ({1000 * few:.2f} ms)")


def compare_review(folder: Path) -> None:
    database = large_store(sqlite_url(folder))
    compare_pages(database)
    late, empty = decision_times(database, folder)
    print(
        f"{REVIEWERS} reviewers deciding at once, p95 / an empty endpoint's: {late / empty:.2f} ({1000 * late:.0f} ms)"
    )
    database.close()


def compare_pages(database: Database) -> None:
    for name, ask in LISTS.items():
        first, middle, last = medians(*page_works(database, ask))
        ratios = f"{middle / first:.2f} and {last / first:.2f}"
        print(f"{name} of {ROWS:,}: middle and last page / first: {ratios} ({1000 * first:.1f} ms)")
    for name, count in COUNTS.items():
        print(f"{name} of {ROWS:,}: {1000 * medians(counting(database, count))[0]:.0f} ms")


def main() -> None:
    files = {"dense tables": dense_tables(), "annual report": long_report()}
    for name, data in files.items():
        compare_readers(name, data)
    compare_cells("dense tables", files["dense tables"])
    with tempfile.TemporaryDirectory() as folder:
        for name, data in files.items():
            compare_memory(name, data, Path(folder))
        compare_review(Path(folder) / "review")
    compare_checks()
    with tempfile.TemporaryDirectory() as folder:
        compare_archives(Path(folder))


if __name__ == "__main__":
    if sys.argv[1:2] == [PEAK]:
        print_peak(Path(sys.argv[2]))
    else:
        main()
