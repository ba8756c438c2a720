"""Speed as ratios within one run, rounds interleaved and medians compared, since machines are noisy.

Reading the example's PDFs is set against pdfplumber's bare text and tables of the same pages, and the import with two
workers against one.
"""

import io
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import pdfplumber

from ljuskoll.nlp.readers.pdf import read_pdf
from ljuskoll.service.pipeline import Options, run_import

EXAMPLE = Path(__file__).parents[1] / "corpora" / "example" / "archive"
ROUNDS = 5


def seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def compare(name: str, work: Callable[[], object], baseline: Callable[[], object]) -> None:
    work()
    baseline()
    pairs = [(seconds(work), seconds(baseline)) for _ in range(ROUNDS)]
    ours, theirs = (statistics.median(side) for side in zip(*pairs, strict=True))
    print(f"{name}: {ours / theirs:.2f} (median of {ROUNDS}: {ours:.3f} s against {theirs:.3f} s)")


def main() -> None:
    files = [path.read_bytes() for path in sorted(EXAMPLE.rglob("*.pdf"))]

    def ours() -> None:
        for data in files:
            read_pdf(data)

    def bare() -> None:
        for data in files:
            with pdfplumber.open(io.BytesIO(data)) as pdf:
                for page in pdf.pages:
                    page.extract_text()
                    page.extract_tables()

    compare("read_pdf / pdfplumber text and tables", ours, bare)
    with tempfile.TemporaryDirectory() as out:

        def workers(number: int) -> Callable[[], object]:
            return lambda: run_import([EXAMPLE], Path(out), Options(workers=number))

        compare("import with two workers / with one (start-up of workers included)", workers(2), workers(1))


if __name__ == "__main__":
    main()
