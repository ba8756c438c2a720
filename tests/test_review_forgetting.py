"""Forgetting in the review: afterwards no byte of the document is left in its folders."""

from collections.abc import Iterator
from pathlib import Path
from shutil import copytree

import pytest

from desks import ARCHIVE, REVIEWER, new_desk, send, settle
from ljuskoll.models.judging import Judging
from ljuskoll.nlp.errors import UsageError
from ljuskoll.service.one_file import Options
from ljuskoll.service.outputs.files import read_result, write_result
from ljuskoll.service.pipeline import run_import
from ljuskoll.service.review.desk import Desk, open_desk
from ljuskoll.service.review.forgetting import expire, forget_document
from ljuskoll.service.review.pictures import page_picture
from ljuskoll.service.review.reading import Reader
from ljuskoll.service.store.access import SYSTEM, User
from ljuskoll.service.store.archive import give_back
from ljuskoll.service.store.audit import audit_log
from ljuskoll.service.store.decisions import Decision, decide, history
from ljuskoll.service.store.documents import Said
from ljuskoll.service.store.findings import FindingFilter, list_findings

YEAR = ARCHIVE / "Lillådalen" / "2024" / "arsuppfoljning-2024.pdf"
PLAIN = ARCHIVE / "Lillådalen" / "2023" / "uppdrag-t1-2023.txt"
NAME = "namnet-paa-filen.pdf"
TITLE = "Underhållsplaner för gator, broar och gångvägar"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A desk where two documents have been read, a page looked at and every finding decided."""
    made = new_desk(tmp_path_factory.mktemp("review") / "desk")
    send(made, NAME, YEAR.read_bytes(), Said(municipality="Lillådalens kommun"))
    send(made, PLAIN.name, PLAIN.read_bytes())
    reader = Reader(made, workers=2)
    reader.start()
    settle(made)
    reader.stop()
    page_picture(made, digest(made, NAME), 1)
    with made.database.writing() as session:
        for finding in list_findings(session, SYSTEM, FindingFilter()).items:
            decide(session, REVIEWER, finding, Decision(verdict="disagree", note=f"Om {TITLE}"))
    made.database.close()
    return made.folder


@pytest.fixture
def desk(folder: Path, tmp_path: Path) -> Iterator[Desk]:
    made = new_desk(Path(copytree(folder, tmp_path / "desk")))
    yield made
    made.database.close()


def digest(desk: Desk, name: str) -> str:
    with desk.database.reading() as session:
        documents = give_back(session, SYSTEM, desk.run).documents
    return next(one.sha256 or "" for one in documents if one.path == name)


def traces(folder: Path, *texts: str) -> list[Path]:
    """The files in which one of the texts stands, as it is or escaped in JSON."""
    spelled = [spelling for text in texts for spelling in (text.encode(), ascii(text)[1:-1].encode())]
    files = [path for path in folder.rglob("*") if path.is_file()]
    return [path for path in files if any(spelling in path.read_bytes() for spelling in spelled)]


def test_no_byte_of_it_is_left(desk: Desk) -> None:
    sha256 = digest(desk, NAME)
    assert traces(desk.folder, TITLE, NAME)
    assert list((desk.folder / "pictures").rglob(f"{sha256}-*"))
    said = forget_document(desk, SYSTEM, sha256)
    assert said == f"{NAME} är glömt med allt som lästes ur det."
    assert traces(desk.folder, TITLE, NAME) == []
    assert not [path for path in desk.folder.rglob("*") if sha256 in path.name]
    with desk.database.reading() as session:
        assert [one.path for one in give_back(session, SYSTEM, desk.run).documents] == [PLAIN.name]
        assert [(one.action, one.target) for one in audit_log(session).items][-1] == ("forget", sha256)
        assert all(one.note == "" for one in history(session, SYSTEM).items if one.about == "{}")


def test_the_other_document_is_whole(desk: Desk) -> None:
    with desk.database.reading() as session:
        before = [one for one in give_back(session, SYSTEM, desk.run).records if one.document.path == PLAIN.name]
    forget_document(desk, SYSTEM, digest(desk, NAME))
    with desk.database.reading() as session:
        assert list(give_back(session, SYSTEM, desk.run).records) == before
    assert desk.originals.path(digest(desk, PLAIN.name)) is not None


def test_a_document_is_named_by_its_path_or_the_beginning_of_its_digest(desk: Desk) -> None:
    sha256 = digest(desk, NAME)
    forget_document(desk, SYSTEM, PLAIN.name)
    forget_document(desk, SYSTEM, sha256[:8].upper())
    with desk.database.reading() as session:
        assert give_back(session, SYSTEM, desk.run).documents == ()


@pytest.mark.parametrize("name", ["", "%", "________", "finns inte.pdf", "0" * 64])
def test_what_is_not_there_is_not_forgotten(desk: Desk, name: str) -> None:
    with pytest.raises(UsageError, match="inget sådant dokument"):
        forget_document(desk, SYSTEM, name)
    with desk.database.reading() as session:
        assert len(give_back(session, SYSTEM, desk.run).documents) == 2


def test_what_the_user_may_not_see_is_not_there(desk: Desk) -> None:
    stranger = User("Bo", "administer", frozenset({"Bjurholm"}))
    with pytest.raises(UsageError, match="inget sådant dokument"):
        forget_document(desk, stranger, digest(desk, NAME))


def test_documents_expire_by_their_day(desk: Desk) -> None:
    assert expire(desk, 1) == 0
    assert expire(desk, -1) == 2


def test_an_import_is_rid_of_it_and_the_users_file_stays(tmp_path: Path) -> None:
    source, out = tmp_path / "källa", tmp_path / "out"
    copytree(ARCHIVE, source)
    judging = Judging(fast=True)
    write_result(run_import([source], out, Options(judging=judging)).result, out)
    desk = open_desk(tmp_path / "desk", archive=out, sources=[source], judging=judging)
    path = "Lillådalen/2024/arsuppfoljning-2024.pdf"
    sha256 = digest(desk, path)
    page_picture(desk, sha256, 1)
    assert traces(out, path)
    said = forget_document(desk, SYSTEM, path)
    assert said.endswith(f"ligger kvar: {source / path}")
    assert traces(out, path, sha256) == []
    assert traces(desk.folder, path) == []
    assert (source / path).read_bytes() == YEAR.read_bytes()
    desk.database.close()
    again = open_desk(tmp_path / "desk", archive=out, sources=[source], judging=judging)
    with again.database.reading() as session:
        documents = {one.path for one in give_back(session, SYSTEM, again.run).documents}
    again.database.close()
    assert documents == {one.path for one in read_result(out).documents}
    assert path not in documents
