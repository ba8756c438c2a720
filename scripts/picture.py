"""Makes the README's picture: the summary of the example import beside the first sheet of its workbook.

Needs LibreOffice (soffice), pdftoppm and Chromium on the machine; run after `make run`.
"""

import io
import subprocess
import tempfile
from pathlib import Path

from PIL import Image
from rich.console import Console

from ljuskoll.service.outputs.files import read_result
from ljuskoll.service.outputs.summary import summarise
from ljuskoll.service.outputs.summary_print import print_summary
from ljuskoll.service.outputs.workbook import WORKBOOK_NAME

ROOT = Path(__file__).parents[1]
OUT = ROOT / "out" / "example"
TARGET = ROOT / "docs" / "picture.png"
WIDTH = 1200


def summary(folder: Path) -> Image.Image:
    console = Console(record=True, width=84, file=io.StringIO(), highlight=False)
    print_summary(summarise(read_result(OUT)), OUT.relative_to(ROOT), console)
    page = folder / "summary.svg"
    page.write_text(console.export_svg(title="ljuskoll import"), encoding="utf-8")
    picture = folder / "summary.png"
    options = ["--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--window-size=1050,1450"]
    subprocess.run(["chromium", *options, f"--screenshot={picture}", page.as_uri()], check=True, capture_output=True)
    return trimmed(Image.open(picture).convert("RGB"))


def sheet(folder: Path) -> Image.Image:
    convert = ["soffice", "--headless", "--convert-to", "pdf", "--outdir", str(folder), str(OUT / WORKBOOK_NAME)]
    subprocess.run(convert, check=True, capture_output=True)
    pages = ["pdftoppm", "-r", "110", "-f", "1", "-l", "1", "-png", str(folder / "ljuskoll.pdf"), str(folder / "page")]
    subprocess.run(pages, check=True)
    return trimmed(Image.open(next(folder.glob("page*.png"))).convert("RGB"))


def trimmed(image: Image.Image) -> Image.Image:
    box = Image.eval(image.convert("L"), lambda value: 255 - value).getbbox()
    return image.crop(box) if box else image


def scaled(image: Image.Image) -> Image.Image:
    return image.resize((WIDTH, round(image.height * WIDTH / image.width)), Image.Resampling.LANCZOS)


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        parts = [scaled(summary(Path(name))), scaled(sheet(Path(name)))]
    picture = Image.new("RGB", (WIDTH, sum(part.height for part in parts) + 30), "white")
    picture.paste(parts[0], (0, 0))
    picture.paste(parts[1], (0, parts[0].height + 30))
    picture.quantize(200, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE).save(TARGET, optimize=True)


if __name__ == "__main__":
    main()
