"""Calling Tesseract: a picture of text to its words. An optional extra; `ocr_problem` says what is missing."""

import importlib
import importlib.util
import os
import shutil
from functools import cache
from pathlib import Path
from typing import Any, Literal, NamedTuple, TypeAlias

from PIL import Image

from ljuskoll.nlp.errors import InputError

COMPONENT = "ocr"
NO_LIBRARY = "Textigenkänning kräver tillägget ljuskoll[ocr]: pip install 'ljuskoll[ocr]'."
NO_PROGRAM = (
    "Textigenkänning kräver programmet Tesseract med svenska: på Debian och Ubuntu apt install tesseract-ocr "
    "tesseract-ocr-swe, på Windows installationsprogrammet med språket svenska ikryssat."
)
NO_SWEDISH = (
    "Tesseract saknar svenska: på Debian och Ubuntu apt install tesseract-ocr-swe, på Windows kör "
    "installationsprogrammet igen med språket svenska ikryssat."
)
TOO_SLOW = "Textigenkänningen av sidan avbröts: den tog mer än {seconds:.0f} sekunder."
FAILED = "Textigenkänningen av sidan misslyckades."

LANGUAGE = "swe"
SECONDS_A_PAGE = 120.0
"""Ten times what a full page takes on a slow machine."""
Layout: TypeAlias = Literal["page", "block"]
_MODES: dict[Layout, int] = {"page": 3, "block": 6}
"""Tesseract's page segmentation modes: a page with columns, and one column of text."""
_WORD_LEVEL = 5


class OcrError(InputError):
    """The text of one page could not be recognised."""


class SeenWord(NamedTuple):
    """A word as Tesseract saw it, its box in pixels, `confidence` 0-100; words of one `line` have its number."""

    text: str
    left: int
    top: int
    right: int
    bottom: int
    confidence: float
    line: int


@cache
def ocr_problem() -> str | None:
    """What must be installed before scanned pages can be read, as a Swedish sentence; None when all is there."""
    if importlib.util.find_spec("pytesseract") is None:
        return NO_LIBRARY
    library = _library()
    try:
        languages = library.get_languages()
    except (library.TesseractNotFoundError, OSError):
        return NO_PROGRAM
    return None if LANGUAGE in languages else NO_SWEDISH


def recognise(picture: Image.Image, layout: Layout, seconds: float) -> list[SeenWord]:
    """The words in a grey picture of about 200 dots an inch, in Tesseract's order.

    Raises OcrError where it takes longer than `seconds` or Tesseract gives up.
    """
    data = _called("image_to_data", picture, seconds, config=f"--psm {_MODES[layout]}", lang=LANGUAGE)
    words, line = [], 0
    for index, level in enumerate(data["level"]):
        text = str(data["text"][index]).strip()
        if level < _WORD_LEVEL:
            line += 1
        elif text:
            left, top = data["left"][index], data["top"][index]
            right, bottom = left + data["width"][index], top + data["height"][index]
            words.append(SeenWord(text, left, top, right, bottom, float(data["conf"][index]), line))
    return words


def quarter_turns(picture: Image.Image, seconds: float) -> int:
    """How many quarter turns clockwise put the page's text upright, 0 to 3; 0 where Tesseract cannot say."""
    try:
        return round(int(_called("image_to_osd", picture, seconds)["rotate"]) / 90) % 4
    except (OcrError, KeyError):
        return 0


def _called(function: str, picture: Image.Image, seconds: float, **options: str) -> dict[str, Any]:
    library = _library()
    os.environ.setdefault("OMP_THREAD_LIMIT", "1")
    call = getattr(library, function)
    picture.format = "BMP"
    try:
        data: dict[str, Any] = call(picture, timeout=max(1.0, seconds), output_type=library.Output.DICT, **options)
    except library.TesseractError as error:
        raise OcrError(FAILED, COMPONENT) from error
    except RuntimeError as error:
        raise OcrError(TOO_SLOW.format(seconds=seconds), COMPONENT) from error
    except OSError as error:
        raise OcrError(FAILED, COMPONENT) from error
    return data


@cache
def _library() -> Any:
    """pytesseract, which finds the program also where the Windows installer puts it."""
    library = importlib.import_module("pytesseract")
    installed = Path(os.environ.get("PROGRAMFILES", "")) / "Tesseract-OCR" / "tesseract.exe"
    if shutil.which("tesseract") is None and installed.is_file():
        library.pytesseract.tesseract_cmd = str(installed)
    return library
