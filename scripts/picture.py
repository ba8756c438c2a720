"""Makes docs/picture.png (the summary of the example import beside a sheet of its workbook) and docs/arbetsbok.png.

Needs LibreOffice (soffice) and Chromium on the machine; run after `make run`.
"""

import io
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

import pypdfium2
from PIL import Image
from rich.console import Console

from ljuskoll.service.outputs.files import read_result
from ljuskoll.service.outputs.summary import summarise
from ljuskoll.service.outputs.summary_print import print_summary
from ljuskoll.service.outputs.workbook import WORKBOOK_NAME

ROOT = Path(__file__).parents[1]
OUT = ROOT / "out" / "example"
DOCS = ROOT / "docs"
WIDTH = 1280
"""Pixels; all pictures in the docs are so wide."""
LARGEST = 150_000
"""Bytes of a picture."""
SHADES = (256, 128, 64, 48)
GAP = 20
DOTS = 2.35
"""Pixels a point when a sheet is painted."""
MARGINS = (28, 20, 0, 31)
"""Points around a printed sheet that are left out: left, bottom, right, top (with its heading)."""

TOLD = 560
"""Pixels of what the terminal shows, across."""
HEIGHT = 540
"""Pixels of a sheet that are shown."""
SMALLER, BEFORE = 0.74, 308
"""Of the first sheet the columns from the assignment to the comment are shown: its scale, and pixels before them."""


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        records, findings, overview = sheets(folder, ("Uppdrag", "Avvikelser", "Översikt"))
        told = scaled(summary(folder), TOLD)
        sheet = scaled(records, round(records.width * SMALLER))
        part = sheet.crop((BEFORE, 0, BEFORE + WIDTH - TOLD - GAP, min(sheet.height, told.height)))
        save(together([told, part], across=True), "picture.png")
        save(together([top(findings), top(scaled(overview, WIDTH))]), "arbetsbok.png")


def save(image: Image.Image, name: str) -> None:
    """Keep a picture in docs/, in as many shades as fit in its size; few pixels of a light count as much as paper."""
    for shades in SHADES:
        made = io.BytesIO()
        few = image.convert("RGB").quantize(shades, Image.Quantize.MAXCOVERAGE, kmeans=4, dither=Image.Dither.NONE)
        few.save(made, "png", optimize=True)
        if made.tell() < LARGEST:
            (DOCS / name).write_bytes(made.getvalue())
            return
    sys.exit(f"{name}: {made.tell()} bytes in {shades} shades.")


def chromium() -> str:
    """The browser. Ends the program where there is none."""
    return shutil.which("chromium") or sys.exit("No Chromium on this machine (apt install chromium).")


def summary(folder: Path) -> Image.Image:
    """What the terminal shows after the import."""
    console = Console(record=True, width=84, file=io.StringIO(), highlight=False)
    print_summary(summarise(read_result(OUT)), OUT.relative_to(ROOT), console)
    page = folder / "summary.svg"
    page.write_text(console.export_svg(title="ljuskoll import"), encoding="utf-8")
    picture = folder / "summary.png"
    options = ["--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--window-size=1050,1450"]
    subprocess.run([chromium(), *options, f"--screenshot={picture}", page.as_uri()], check=True, capture_output=True)
    return trimmed(Image.open(picture).convert("RGB"))


def sheets(folder: Path, names: Sequence[str]) -> list[Image.Image]:
    """The first printed page of each of the sheets."""
    convert = ["soffice", "--headless", "--convert-to", "pdf", "--outdir", str(folder), str(OUT / WORKBOOK_NAME)]
    subprocess.run(convert, check=True, capture_output=True)
    pdf = pypdfium2.PdfDocument(folder / Path(WORKBOOK_NAME).with_suffix(".pdf").name)
    texts = [page.get_textpage().get_text_range() for page in pdf]
    numbers = [next(n for n, text in enumerate(texts) if text.startswith(f"ljuskoll {name}")) for name in names]
    painted = [trimmed(pdf[number].render(scale=DOTS, crop=MARGINS).to_pil()) for number in numbers]
    pdf.close()
    return painted


def trimmed(image: Image.Image) -> Image.Image:
    """The picture without white around it."""
    box = Image.eval(image.convert("L"), lambda value: 255 - value).getbbox()
    return image.crop(box) if box else image


def scaled(image: Image.Image, width: int) -> Image.Image:
    return image.resize((width, round(image.height * width / image.width)), Image.Resampling.LANCZOS)


def top(image: Image.Image) -> Image.Image:
    """The upper left part of a sheet."""
    return image.crop((0, 0, WIDTH, HEIGHT))


def together(parts: Sequence[Image.Image], *, across: bool = False) -> Image.Image:
    """The pictures one below the other, or beside each other, on white."""
    widths, heights = [part.width for part in parts], [part.height for part in parts]
    gaps = GAP * (len(parts) - 1)
    size = (sum(widths) + gaps, max(heights)) if across else (max(widths), sum(heights) + gaps)
    both = Image.new("RGB", size, "white")
    at = 0
    for part in parts:
        both.paste(part, (at, 0) if across else (0, at))
        at += GAP + (part.width if across else part.height)
    return both


if __name__ == "__main__":
    main()
