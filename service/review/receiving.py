"""Taking in a document that someone sends."""

import re
from collections.abc import Iterable
from typing import BinaryIO

from ljuskoll.service.disk import MAX_BYTES
from ljuskoll.service.review.desk import Desk
from ljuskoll.service.settings import parse_period
from ljuskoll.service.store.access import User
from ljuskoll.service.store.audit import log
from ljuskoll.service.store.documents import Received, Said, receive

NAMELESS = "dokument"
LONGEST_NAME = 200
_FOLDERS = re.compile(r".*[\\/]", re.DOTALL)
_UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]")


def send_in(
    desk: Desk, user: User, name: str, source: BinaryIO | Iterable[bytes], said: Said, most: int = MAX_BYTES
) -> Received:
    """Keep a file of at most `most` bytes and have it read; when this returns, neither is lost.

    Raises UsageError for a period that cannot be read, FileTooLargeError, and FileAccessError where it cannot be kept.
    """
    parse_period(said.period)
    stored = desk.originals.receive(source, most)
    with desk.database.writing() as session:
        received = receive(session, stored.sha256, plain_name(name), stored.size, user, said)
        log(session, user.name, "upload", stored.sha256)
    desk.originals.confirm(stored.sha256)
    return received


def plain_name(name: str) -> str:
    """A file's name as it is shown: without folders, and without characters that are not seen."""
    return _UNSEEN.sub("", _FOLDERS.sub("", name)).strip()[-LONGEST_NAME:] or NAMELESS
