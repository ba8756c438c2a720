"""A PDF as a scanner would have made it: pictures of slightly turned pages, with noise, and no text."""

from io import BytesIO
from time import gmtime

import numpy as np
import pypdfium2 as pdfium
from PIL import Image, ImageFilter

_DPI = 200
_QUALITY = 62
_DATE = gmtime(0)


def scanned(pdf: bytes, seed: int) -> bytes:
    """The same pages as JPEG pictures in a PDF, the same bytes every time for one `seed`."""
    source = pdfium.PdfDocument(pdf)
    try:
        pages = [_scanned_page(source[index], seed * 1000 + index) for index in range(len(source))]
    finally:
        source.close()
    buffer = BytesIO()
    first, *rest = pages
    first.save(
        buffer, "PDF", save_all=True, append_images=rest, resolution=_DPI, quality=_QUALITY,
        creationDate=_DATE, modDate=_DATE,
    )  # fmt: skip
    return buffer.getvalue()


def _scanned_page(page: pdfium.PdfPage, seed: int) -> Image.Image:
    random = np.random.default_rng(seed)
    image = page.render(scale=_DPI / 72).to_pil().convert("RGB")
    angle = float(random.uniform(-0.7, 0.7))
    image = image.rotate(angle, resample=Image.Resampling.BICUBIC, fillcolor=(250, 250, 248))
    image = image.filter(ImageFilter.GaussianBlur(0.6))
    pixels = np.asarray(image, dtype=np.int16)
    noise = random.normal(0, 7, pixels.shape[:2])[:, :, None]
    return Image.fromarray(np.clip(pixels * 0.97 + noise, 0, 255).astype(np.uint8))
