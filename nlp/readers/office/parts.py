"""A workbook's package: its parts by path or relationship, each parsed with every fault turned into one of ours.

Elements are found by their local names: Excel's strict variant has the same names in other namespaces.
"""

import posixpath
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from lxml import etree

COMPONENT = "xlsx"
PART_ERRORS: tuple[type[Exception], ...] = (
    KeyError, NotImplementedError, OSError, EOFError, RuntimeError, ValueError, zipfile.BadZipFile, zlib.error,
)  # fmt: skip
"""What zipfile raises for a part that is missing, damaged, encrypted or packed in an unknown way."""

XML_ERRORS: tuple[type[Exception], ...] = (*PART_ERRORS, etree.XMLSyntaxError)


@dataclass(frozen=True, slots=True)
class Relation:
    """One relationship of a part: its id, what it is ("worksheet", "image" ...) and the path of the other part."""

    id: str
    kind: str
    path: str


class Package:
    """The parts of an opened package. Part names are told apart regardless of case, as Office does."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive

    @cached_property
    def _names(self) -> dict[str, str]:
        return {name.replace("\\", "/").lstrip("/").lower(): name for name in self._archive.namelist()}

    def has(self, path: str) -> bool:
        """Whether there is a part at this path."""
        return path.lower() in self._names

    def read(self, path: str) -> bytes | None:
        """The bytes of a part; None where it is missing or damaged."""
        try:
            return self._archive.read(self._names[path.lower()])
        except PART_ERRORS:
            return None

    def xml(self, path: str) -> etree._Element | None:
        """The root of a part; None where it is missing, damaged or no XML. What can be read of a cut part is read."""
        data = self.read(path)
        if not data:
            return None
        parser = etree.XMLParser(resolve_entities=False, no_network=True, recover=True, remove_comments=True)
        try:
            return etree.fromstring(data, parser)
        except XML_ERRORS:
            return None

    def elements(self, path: str, *names: str) -> Iterator[etree._Element]:
        """The elements of these names as they end, each forgotten after its turn.

        Raises EOFError where the part ends or breaks before its time; what came before has been given out.
        """
        tags = [f"{{*}}{name}" for name in names]
        try:
            with self._archive.open(self._names[path.lower()]) as stream:
                for _, element in etree.iterparse(
                    stream, tag=tags, resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True
                ):
                    yield element
                    _forget(element)
        except XML_ERRORS as error:
            raise EOFError(path) from error

    def relations(self, path: str) -> dict[str, Relation]:
        """The relationships of a part by their ids ("" for those of the whole package)."""
        folder, name = posixpath.split(path)
        root = self.xml(posixpath.join(folder, "_rels", f"{name}.rels"))
        found: dict[str, Relation] = {}
        for element in children(root):
            target = element.get("Target", "")
            if element.get("TargetMode") == "External" or not target:
                continue
            whole = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
            kind = element.get("Type", "").rsplit("/", 1)[-1]
            found[element.get("Id", "")] = Relation(element.get("Id", ""), kind, whole)
        return found

    def related(self, path: str, kind: str) -> list[str]:
        """The paths of a part's relationships of one kind."""
        return [relation.path for relation in self.relations(path).values() if relation.kind == kind]


def _forget(element: etree._Element) -> None:
    element.clear()
    while (before := element.getprevious()) is not None and (parent := before.getparent()) is not None:
        parent.remove(before)


def local(element: etree._Element) -> str:
    """The element's name without its namespace."""
    tag = element.tag
    return tag.rsplit("}", 1)[-1] if isinstance(tag, str) else ""


def children(element: etree._Element | None, *names: str) -> list[etree._Element]:
    """The child elements, of these names where any are given; none of None."""
    if element is None:
        return []
    found = [child for child in element if isinstance(child.tag, str)]
    return [child for child in found if local(child) in names] if names else found


def child(element: etree._Element | None, *path: str) -> etree._Element | None:
    """The first element down this path of names."""
    for name in path:
        element = next(iter(children(element, name)), None)
    return element


def descendants(element: etree._Element | None, *names: str) -> list[etree._Element]:
    """All elements of these names below, in document order."""
    return [] if element is None else list(element.iter(*(f"{{*}}{name}" for name in names)))


def attribute(element: etree._Element | None, name: str) -> str:
    """An attribute by its local name (`r:id` is "id"), empty where there is none."""
    if element is None:
        return ""
    value = element.get(name)
    if value is not None:
        return value
    return next((found for key, found in element.attrib.items() if key.endswith(f"}}{name}")), "")


def whole_number(text: str | None, default: int = 0) -> int:
    """A number as attributes hold them; `default` where it is none."""
    try:
        return int(float(text)) if text else default
    except (ValueError, OverflowError):
        return default


def is_on(text: str | None, default: bool = False) -> bool:
    """A truth value as attributes hold them."""
    return default if text is None else text in ("1", "true", "on")
