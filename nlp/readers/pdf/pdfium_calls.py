"""pdfium's functions with plain integers for pointers: several times faster to call than through ctypes' own types.

All handles are addresses; nothing here checks or frees them. pdfium has no threads, so the interpreter's lock is kept.
"""

import ctypes
from collections.abc import Callable
from typing import Any, TypeAlias

from pypdfium2 import raw

Handle: TypeAlias = int
"""The address of a document, page, text page, object, font or path segment; 0 for none."""
LONGEST_NAME = 200
"""Bytes for a font's name."""

_POINTER, _INT, _FLOAT = ctypes.c_void_p, ctypes.c_int, ctypes.c_float


def _call(name: str, *arguments: type, result: type = _INT) -> Callable[..., Any]:
    address = ctypes.cast(getattr(raw, name), _POINTER).value
    assert address is not None
    call: Callable[..., Any] = ctypes.PYFUNCTYPE(result, *arguments)(address)
    return call


def address(handle: Any) -> Handle:
    """The plain address of one of pypdfium2's handles."""
    return ctypes.cast(handle, _POINTER).value or 0


_HANDLE = ctypes.c_size_t

load_page = _call("FPDF_LoadPage", _POINTER, _INT, result=_HANDLE)
close_page = _call("FPDF_ClosePage", _POINTER)
page_count = _call("FPDF_GetPageCount", _POINTER)
page_box = _call("FPDF_GetPageBoundingBox", _POINTER, _POINTER)
page_rotation = _call("FPDFPage_GetRotation", _POINTER)
media_box = _call("FPDFPage_GetMediaBox", _POINTER, _POINTER, _POINTER, _POINTER, _POINTER)

load_text = _call("FPDFText_LoadPage", _POINTER, result=_HANDLE)
close_text = _call("FPDFText_ClosePage", _POINTER)
count_chars = _call("FPDFText_CountChars", _POINTER)
page_text = _call("FPDFText_GetText", _POINTER, _INT, _INT, _POINTER)
char_code = _call("FPDFText_GetUnicode", _POINTER, _INT, result=ctypes.c_uint)
char_box = _call("FPDFText_GetLooseCharBox", _POINTER, _INT, _POINTER)
char_object = _call("FPDFText_GetTextObject", _POINTER, _INT, result=_HANDLE)
char_matrix = _call("FPDFText_GetMatrix", _POINTER, _INT, _POINTER)
has_no_meaning = _call("FPDFText_HasUnicodeMapError", _POINTER, _INT)

text_font = _call("FPDFTextObj_GetFont", _POINTER, result=_HANDLE)
text_size = _call("FPDFTextObj_GetFontSize", _POINTER, _POINTER)
font_name = _call("FPDFFont_GetBaseFontName", _POINTER, _POINTER, _HANDLE, result=_HANDLE)
font_descent = _call("FPDFFont_GetDescent", _POINTER, _FLOAT, _POINTER)

count_objects = _call("FPDFPage_CountObjects", _POINTER)
get_object = _call("FPDFPage_GetObject", _POINTER, _INT, result=_HANDLE)
count_in_form = _call("FPDFFormObj_CountObjects", _POINTER)
get_in_form = _call("FPDFFormObj_GetObject", _POINTER, ctypes.c_ulong, result=_HANDLE)
object_type = _call("FPDFPageObj_GetType", _POINTER)
object_bounds = _call("FPDFPageObj_GetBounds", _POINTER, _POINTER, _POINTER, _POINTER, _POINTER)
object_matrix = _call("FPDFPageObj_GetMatrix", _POINTER, _POINTER)
fill_colour = _call("FPDFPageObj_GetFillColor", _POINTER, _POINTER, _POINTER, _POINTER, _POINTER)
stroke_colour = _call("FPDFPageObj_GetStrokeColor", _POINTER, _POINTER, _POINTER, _POINTER, _POINTER)
stroke_width = _call("FPDFPageObj_GetStrokeWidth", _POINTER, _POINTER)

draw_mode = _call("FPDFPath_GetDrawMode", _POINTER, _POINTER, _POINTER)
count_segments = _call("FPDFPath_CountSegments", _POINTER)
get_segment = _call("FPDFPath_GetPathSegment", _POINTER, _INT, result=_HANDLE)
segment_point = _call("FPDFPathSegment_GetPoint", _POINTER, _POINTER, _POINTER)
segment_type = _call("FPDFPathSegment_GetType", _POINTER)
fill_pattern = _call("FPDFPageObj_GetRenderedFillPattern", _POINTER, _POINTER, result=_HANDLE)
clip_of = _call("FPDFPageObj_GetClipPath", _POINTER, result=_HANDLE)
count_clips = _call("FPDFClipPath_CountPaths", _POINTER)
count_in_clip = _call("FPDFClipPath_CountPathSegments", _POINTER, _INT)
get_in_clip = _call("FPDFClipPath_GetPathSegment", _POINTER, _INT, _INT, result=_HANDLE)
free_bitmap = _call("FPDFBitmap_Destroy", _POINTER, result=_INT)
