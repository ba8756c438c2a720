"""A Word file's parts: text, styles, numbering, theme, headers, and the pictures that they refer to."""

import re
import tomllib
from collections.abc import Hashable
from functools import cache, cached_property
from importlib.resources import files
from io import BytesIO
from typing import Any, cast

from lxml import etree
from PIL import Image

from ljuskoll.nlp.errors import DamagedFileError
from ljuskoll.nlp.readers.clean import single_spaced
from ljuskoll.nlp.readers.office.packages import open_package
from ljuskoll.nlp.readers.office.palette import Palette, read_palette
from ljuskoll.nlp.readers.office.parts import Package, Relation

COMPONENT = "docx"
DAMAGED = "Wordfilens text är skadad och går inte att läsa. Öppna och reparera filen i Word, eller hämta den på nytt."
CUT = "En del av Wordfilen är skadad och text kan saknas. Öppna och reparera filen i Word, eller hämta den på nytt."
MAX_PIXELS = 4_000_000
"""A larger picture is no icon and is not decoded."""

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_STRICT = (
    (b"http://purl.oclc.org/ooxml/wordprocessingml/main", W[1:-1].encode()),
    (b"http://purl.oclc.org/ooxml/officeDocument/relationships", R[1:-1].encode()),
)
_FILE_NAME = re.compile(r"microsoft (?:office )?word\s*-.*|.*\.(?:docx?|dotx?|odt|pdf|rtf)", re.IGNORECASE)

WORDS: dict[str, Any] = tomllib.loads((files(__package__) / "words.toml").read_text(encoding="utf-8"))


@cache
def _without_namespace(tag: Hashable) -> str:
    return tag.rsplit("}", 1)[-1] if isinstance(tag, str) else ""


def local_name(element: etree._Element) -> str:
    """The element's name without its namespace, empty for what is no element; tags are taken apart once each."""
    return _without_namespace(cast("Hashable", element.tag))


def word_child(element: etree._Element | None, *path: str) -> etree._Element | None:
    """The first of Word's own elements down this path of names."""
    for name in path:
        if element is None:
            return None
        element = element.find(W + name)
    return element


class Parts:
    """The parts of one Word file. Raises an InputError where the package or its text cannot be read."""

    def __init__(self, data: bytes) -> None:
        self._package = Package(open_package(data))
        self.is_cut = False
        main = self._package.related("", "officeDocument")
        self._main = next((path for path in main if self._package.has(path)), "word/document.xml")
        self.relations = self._package.relations(self._main)

    @cached_property
    def document(self) -> etree._Element:
        """The root of the text."""
        root = self.root(self._main)
        if root is None:
            raise DamagedFileError(DAMAGED, COMPONENT)
        return root

    @cached_property
    def palette(self) -> Palette:
        """The theme's colours; Office's own where there is no theme."""
        return read_palette(self._package, next(iter(self._related("theme")), None), None)

    def part(self, kind: str) -> etree._Element | None:
        """The root of the first part of a kind ("styles", "numbering" ...), None where there is none."""
        return next((root for path in self._related(kind) if (root := self.root(path)) is not None), None)

    def margins(self) -> list[etree._Element]:
        """The roots of all headers and footers."""
        paths = [*self._related("header"), *self._related("footer")]
        return [root for path in paths if (root := self.root(path)) is not None]

    def title(self) -> str:
        """The title in the file's properties, empty where it is only a program's or a template's word."""
        for path in (*self._package.related("", "core-properties"), *self._package.related("", "coreProperties")):
            root = self.root(path)
            title = single_spaced("" if root is None else root.findtext("{*}title") or "")
            if title and title.casefold() not in WORDS["not_titles"] and not _FILE_NAME.fullmatch(title):
                return title
        return ""

    def related(self, element: etree._Element, name: str) -> Relation | None:
        """The relationship that an attribute of the element names, None for links out of the file."""
        return self.relations.get(element.get(R + name, ""))

    def picture(self, path: str) -> Image.Image | None:
        """The picture at a path; None where it is missing, damaged, of a kind that cannot be opened or too large."""
        data = self._package.read(path)
        try:
            image = Image.open(BytesIO(data or b""))
            if image.width * image.height > MAX_PIXELS or image.format in ("WMF", "EMF"):
                return None
            image.load()
        except Exception:  # Pillow's plugins raise whatever they like for broken pictures
            return None
        return image

    def root(self, path: str) -> etree._Element | None:
        """The root of a part in the usual namespaces; None where it is missing or no XML."""
        data = self._package.read(path)
        if not data:
            return None
        for strict, usual in _STRICT:
            data = data.replace(strict, usual)
        parser = etree.XMLParser(
            resolve_entities=False, no_network=True, recover=True, remove_comments=True, remove_pis=True
        )
        try:
            root = etree.fromstring(data, parser)
        except (etree.XMLSyntaxError, ValueError):
            root = None
        if root is None or root.getroottree().docinfo.internalDTD is not None:
            self.is_cut = True
            return None
        self.is_cut = self.is_cut or len(parser.error_log) > 0
        return root

    def _related(self, kind: str) -> list[str]:
        return [relation.path for relation in self.relations.values() if relation.kind == kind]
