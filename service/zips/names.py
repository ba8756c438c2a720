"""Names of files in zip files, which programs write in several ways and which may point anywhere."""

import re
import unicodedata
from contextlib import suppress
from zipfile import ZipInfo

UTF8_FLAG = 0x800
NAMELESS = "namnlös"
_DRIVES = re.compile("^(?:[A-Za-z]:)+")
_UP = ".."
_APPLE = "__MACOSX/"


def name_of(info: ZipInfo) -> str:
    """The name as its writer meant it, with "/" between folders.

    Without a word about the encoding the bytes are UTF-8 where they can be (macOS), else those of DOS.
    """
    name = info.orig_filename.partition("\0")[0]
    if not info.flag_bits & UTF8_FLAG:
        with suppress(UnicodeError):
            name = name.encode("cp437").decode()
    return unicodedata.normalize("NFC", name.replace("\\", "/"))


def is_file(name: str) -> bool:
    """Whether this is no folder, and none of the companions that macOS adds to each file."""
    return not name.endswith("/") and not name.startswith(_APPLE)


def points_out(name: str) -> bool:
    """Whether the name is a place outside of the zip file: absolute, on a drive, or further up."""
    return name.startswith("/") or _DRIVES.match(name) is not None or _UP in name.split("/")


def kept_inside(name: str) -> str:
    """The name without empty parts, and without what would lead out of the zip file."""
    parts = name.split("/")
    if points_out(name):
        parts = [_DRIVES.sub("", part) for part in parts]
    return "/".join(part for part in parts if part not in ("", ".", _UP)) or NAMELESS
