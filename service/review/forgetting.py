"""Forgetting a document with all its traces: the store, the originals, the pictures, and the import that is shown."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import select

from ljuskoll.nlp.errors import UsageError
from ljuskoll.service.forgetting import SHORTEST, forget_in_archive
from ljuskoll.service.outputs.files import open_result
from ljuskoll.service.review.desk import Desk
from ljuskoll.service.review.pictures import forget_pictures
from ljuskoll.service.store.access import SYSTEM, User, only_seen
from ljuskoll.service.store.audit import log
from ljuskoll.service.store.database import TIME, scrub
from ljuskoll.service.store.forgetting import forget
from ljuskoll.service.store.schema import DocumentRow


def forget_document(desk: Desk, user: User, document: str) -> str:
    """Forget a document, named by its sha256, the beginning of that or its path; returns what was done, in Swedish.

    What was interrupted can be done again, as the store lists the document to the last. Raises UsageError where the
    user sees no such document or several, or the folder of the import cannot be changed.
    """
    sha256, name = _named(desk, user, document)
    if desk.archive is not None and any(one.sha256 == sha256 for one in open_result(desk.archive).documents):
        forget_in_archive(desk.archive, sha256, desk.judging)
    desk.originals.forget(sha256)
    forget_pictures(desk, sha256)
    with desk.database.writing() as session:
        forget(session, sha256)
        log(session, user.name, "forget", sha256)
    scrub(desk.database)
    left = desk.originals.source(sha256)
    rest = f" Originalet är din egen fil och ligger kvar: {left.path}" if left else ""
    return f"{name} är glömt med allt som lästes ur det.{rest}"


def expire(desk: Desk, days: int) -> int:
    """Forget every document that came in more than so many days ago; returns how many they were."""
    oldest = (datetime.now(UTC) - timedelta(days=days)).strftime(TIME)
    query = select(DocumentRow.sha256).where(DocumentRow.received_at < oldest)
    with desk.database.reading() as session:
        old = list(session.scalars(query.order_by(DocumentRow.received_at, DocumentRow.sha256)))
    for sha256 in old:
        forget_document(desk, SYSTEM, sha256)
    return len(old)


def _named(desk: Desk, user: User, document: str) -> tuple[str, str]:
    """The sha256 and the name of the one document that is meant."""
    is_it = DocumentRow.path == document
    if len(document) >= SHORTEST:
        is_it |= DocumentRow.sha256.startswith(document.lower(), autoescape=True)
    with desk.database.reading() as session:
        found = session.scalars(only_seen(select(DocumentRow).where(is_it), user, DocumentRow).limit(2)).all()
    match found:
        case [row]:
            return row.sha256, row.path
        case []:
            raise UsageError(
                f"{document}: inget sådant dokument. Ange sökvägen eller minst {SHORTEST} tecken av sha256."
            )
    raise UsageError(f"{document}: flera dokument kan menas. Ange hela sha256.")
