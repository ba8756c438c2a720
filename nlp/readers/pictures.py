"""Picture files: each of their pages is read as a page of a scanned PDF."""

import hashlib
import warnings
from dataclasses import replace
from io import BytesIO

import numpy as np
from PIL import Image, ImageOps
from pypdfium2 import PdfDocument, PdfImage, PdfMatrix

from ljuskoll.nlp.document import Document
from ljuskoll.nlp.errors import DamagedFileError, FileTooLargeError
from ljuskoll.nlp.readers.pdf.read import read_pdf

COMPONENT = "picture"
DAMAGED = "Bilden är skadad eller avkortad. Hämta den på nytt från källan."
TOO_LARGE = "Bilden har fler än {limit} miljoner bildpunkter på en sida. Spara den med lägre upplösning."
TOO_MANY = "Bilden har fler än {limit} sidor. Dela den och läs in delarna."

MAX_PIXELS = 100_000_000
"""A page in A3 of 600 dots an inch has 70 million."""
MAX_PAGES = 500
DPI = 300
"""Pages of more dots an inch are brought down to so many."""
SHORTEST, LONGEST = 200.0, 1200.0
"""Points that the shorter side of a page may have; what a camera says of dots an inch tells nothing of the paper."""
A4_WIDTH = 595.0
QUALITY = 95
_FORMATS = ("PNG", "JPEG", "TIFF", "GIF", "BMP")
_ERRORS = (
    OSError, EOFError, ValueError, SyntaxError, LookupError, ArithmeticError, TypeError, AttributeError, RuntimeError,
)  # fmt: skip
"""What damaged bytes make Pillow stumble over; caught around its code only."""


def read_picture(data: bytes) -> Document:
    """The document in a PNG, JPEG, TIFF, GIF or BMP file; of a moving picture the first one.

    Raises DamagedFileError and FileTooLargeError. Where its text cannot be recognised, `warnings` say why.
    """
    bound, media_type = as_pdf(data)
    return replace(read_pdf(bound), sha256=hashlib.sha256(data).hexdigest(), media_type=media_type)


def as_pdf(data: bytes) -> tuple[bytes, str]:
    """A picture file's pages bound as a PDF, as they are read, and its media type.

    Raises DamagedFileError and FileTooLargeError.
    """
    bound = PdfDocument.new()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            media_type = _bind(data, bound)
        buffer = BytesIO()
        bound.save(buffer)
    except Image.DecompressionBombError as error:
        raise _too_large() from error
    except _ERRORS as error:
        raise DamagedFileError(DAMAGED, COMPONENT) from error
    finally:
        bound.close()
    return buffer.getvalue(), media_type


def _bind(data: bytes, bound: PdfDocument) -> str:
    """Adds the file's pages to an empty PDF and gives the file's media type."""
    with Image.open(BytesIO(data), formats=_FORMATS) as image:
        for number in range(MAX_PAGES + 1):
            if number:
                try:
                    image.seek(number)
                except EOFError:
                    break
            if number == MAX_PAGES:
                raise FileTooLargeError(TOO_MANY.format(limit=MAX_PAGES), COMPONENT)
            _add_page(image, bound)
            if image.format != "TIFF":
                break
        return Image.MIME["JPEG" if image.format == "MPO" else str(image.format)]


def _add_page(image: Image.Image, bound: PdfDocument) -> None:
    if image.width * image.height > MAX_PIXELS:
        raise _too_large()
    turned = ImageOps.exif_transpose(image)
    points = _points_a_pixel(turned)
    most = min(1.0, points * DPI / 72)
    page = _on_white(turned)
    if most < 1:
        page = page.resize(
            (max(1, round(page.width * most)), max(1, round(page.height * most))), Image.Resampling.LANCZOS
        )
    stored = BytesIO()
    page.save(stored, "JPEG", quality=QUALITY, subsampling=0)
    width, height = turned.width * points, turned.height * points
    drawn = PdfImage.new(bound)
    drawn.load_jpeg(stored, inline=True)
    drawn.set_matrix(PdfMatrix().scale(width, height))
    sheet = bound.new_page(width, height)
    sheet.insert_obj(drawn)
    sheet.gen_content()
    sheet.close()


def _points_a_pixel(image: Image.Image) -> float:
    """How large a pixel is, by the file's dots an inch where these make a page, else as if the page were an A4."""
    shorter = min(image.size)
    try:
        points = 72 / float(image.info["dpi"][0])
    except (KeyError, LookupError, TypeError, ValueError, ArithmeticError):
        points = 0.0
    return points if SHORTEST <= shorter * points <= LONGEST else A4_WIDTH / shorter


def _on_white(image: Image.Image) -> Image.Image:
    """The picture in grey or in colour, on white where it can be seen through."""
    if image.mode.startswith(("I", "F")):
        values = np.asarray(image).astype(np.float32)
        return Image.fromarray((values * (255 / max(1.0, float(values.max())))).clip(0, 255).astype(np.uint8))
    if image.has_transparency_data:
        drawn = image.convert("RGBA")
        return Image.alpha_composite(Image.new("RGBA", drawn.size, "white"), drawn).convert("RGB")
    return image.convert("L" if image.mode in ("1", "L") else "RGB")


def _too_large() -> FileTooLargeError:
    return FileTooLargeError(TOO_LARGE.format(limit=MAX_PIXELS // 1_000_000), COMPONENT)
