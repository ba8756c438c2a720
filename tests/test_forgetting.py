"""Forgetting a document: nothing of it is left in any file of the folder, and nothing else changes."""

import io
import json
import zipfile
import zlib
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from ljuskoll.models.judging import Judging
from ljuskoll.nlp.errors import UsageError
from ljuskoll.service.archive.importing import import_archive
from ljuskoll.service.corrections import Correction, read_corrections, write_corrections
from ljuskoll.service.forgetting import SHORTEST, forget_in_archive, named
from ljuskoll.service.identity import ADDED, added_identity
from ljuskoll.service.one_file import Options
from ljuskoll.service.outputs.files import CORRECTIONS_NAME, read_result
from ljuskoll.service.record import Result
from ljuskoll.service.reporting import make_report
from ljuskoll.service.watching import Watcher

FAST = Judging(fast=True)
SECRET = "hemlig-uppfoljning.txt"
TITLES = ("Bygg en cykelväg till Sågen", "Ta fram en kulturplan för Kvarnbyn")
SECRET_TEXTS = {
    "Bygg en cykelväg till Sågen": "Uppdraget bedöms inte bli klart i år. Markägaren Torsten Ek säljer inte.",
    "Rusta hamnkontoret": "Arbetet är avbrutet eftersom firman gick i konkurs.",
}


def report(period: str, texts: dict[str, str], light: str = "Grön") -> str:
    rows = [f"Uppdrag: {title}\nStatus: {light}\nKommentar: {comment}\n" for title, comment in texts.items()]
    return "\n".join([f"Lillviks kommun\nUppföljning av uppdrag per {period}\n", *rows])


FILES = {
    "t1.txt": report("30 april 2023", dict.fromkeys(TITLES, "Uppdraget är slutfört, invigning hölls i mars.")),
    SECRET: report("31 augusti 2023", SECRET_TEXTS),
    "t3.txt": report("31 december 2023", dict.fromkeys(TITLES, "Uppdraget har inte påbörjats."), "Röd"),
    "kopia-av-hemlig.txt": report("31 augusti 2023", SECRET_TEXTS),
    "tom.txt": "",
    "plan.txt": """Verksamhetsplan för Servicekontoret 2024 1
Måltidsenheten Uppdrag: Vi lagar mat. Serviceerbjudande: Mat varje dag. Mål: Godare mat. Nyckeltal: 1. Svinn 2. Betyg 3
Städenheten Uppdrag: Vi städar. Serviceerbjudande: Städning varje dag. Mål: Renare golv. Kompetensförsörjning: Kurser. 4
""",
}
DIGEST = sha256(FILES[SECRET].encode()).hexdigest()


def imported(folder: Path, names: Sequence[str]) -> Path:
    """The folder of an import of these files, each a SOURCE of its own: nothing in it knows what the others are."""
    sources = []
    for number, name in enumerate(names):
        (folder / str(number)).mkdir(parents=True)
        sources.append(folder / str(number) / name)
        sources[-1].write_bytes(FILES[name].encode())
    import_archive(sources, folder / "ut", Options(judging=FAST), Watcher())
    return folder / "ut"


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    return imported(tmp_path / "alla", list(FILES))


def correction(record: str, field: str, old: Any, new: Any, document: str | None = None) -> Correction:
    return Correction(who="anna", when="2024-01-01", record=record, field=field, old=old, new=new, document=document)


def corrections(result: Result) -> tuple[list[Correction], list[Correction]]:
    """Corrections of the secret document, and others."""
    of = {record.document.path: record for record in result.records}
    secret, other = of[SECRET], of["t1.txt"]
    row = {
        **secret.model_dump(mode="json", exclude={"id", "assessment", "without_phrase", "phrase", "corrected"}),
        **{"assignment": "Flytta Torsten Eks brygga", "comment": "Uppdraget är slutfört."},
    }
    added = added_identity(DIGEST, row)
    return (
        [
            correction(secret.id, "comment", secret.comment, "Firman i konkurs byts ut."),
            correction(added, ADDED, None, row),
            correction(added, "comment", "Uppdraget är slutfört.", "Bryggan flyttad."),
            correction("a" * 64, ADDED, "Rusta hamnkontoret", None, DIGEST),
            correction("b" * 64, "comment", "Rusta hamnkontoret", ""),
        ],
        [
            correction(other.id, "goal", None, "Mål 1"),
            correction("c" * 64, ADDED, "Ett annat", None, other.document.sha256),
        ],
    )


def everything(folder: Path) -> dict[str, bytes]:
    """All that is written in a folder, packed files unpacked, by name; the names themselves, too."""
    found = {}
    for path in filter(Path.is_file, folder.rglob("*")):
        data = path.read_bytes()
        found[path.name] = data + path.name.encode()
        if path.parent.parent.name == "readings":
            found[f"{path.name} unpacked"] = zlib.decompress(data)
        if zipfile.is_zipfile(io.BytesIO(data)):
            with zipfile.ZipFile(io.BytesIO(data)) as packed:
                found |= {f"{path.name}/{name}": packed.read(name) for name in packed.namelist()}
        if path.suffix == ".parquet":
            rows = pq.read_table(path).to_pylist()
            found[f"{path.name} read"] = json.dumps(rows, ensure_ascii=False, default=str).encode()
    return found


TRACES = [SECRET, DIGEST, "kopia-av-hemlig", "Torsten", "markägaren", "hamnkontoret", "konkurs", "brygga"]


def traces(folder: Path) -> set[str]:
    texts = [data.decode("utf-8", "replace").lower() for data in everything(folder).values()]
    return {trace for trace in TRACES if any(trace.lower() in text for text in texts)}


@pytest.mark.parametrize("name", [SECRET, "kopia-av-hemlig.txt", DIGEST, DIGEST[:SHORTEST].upper()])
def test_no_trace_of_a_forgotten_document_is_left(archive: Path, name: str) -> None:
    of_secret, others = corrections(read_result(archive))
    write_corrections(archive / CORRECTIONS_NAME, [*of_secret, *others])
    make_report(archive, unmasked=True)
    assert traces(archive) == set(TRACES)
    gone = forget_in_archive(archive, name, FAST)
    assert traces(archive) == set()
    assert {one.path for one in gone.documents} == {SECRET, "kopia-av-hemlig.txt"}
    assert (gone.records, gone.corrections, gone.untraced, gone.files) == (2, 4, 1, ("rapport.html",))
    assert read_corrections(archive / CORRECTIONS_NAME) == tuple(others)


def test_the_rest_is_as_if_it_had_never_been_there(archive: Path, tmp_path: Path) -> None:
    before = read_result(archive)
    gone = forget_in_archive(archive, SECRET, FAST)
    assert (gone.files, gone.unfit) == ((), ())
    rest = imported(tmp_path / "resten", [name for name in FILES if name not in {SECRET, "kopia-av-hemlig.txt"}])
    expected = everything(rest)
    assert expected.pop("seal.json")  # broken by what was forgotten
    assert everything(archive) == expected
    quoting = {id for finding in before.findings for id in finding.records} - {
        record.id for record in read_result(archive).records
    }
    assert quoting and read_result(archive).findings


def test_a_file_that_could_not_be_read_can_be_forgotten(archive: Path) -> None:
    before = read_result(archive)
    forget_in_archive(archive, "tom.txt", FAST)
    after = read_result(archive)
    assert {one.path for one in before.documents} - {one.path for one in after.documents} == {"tom.txt"}
    assert (after.records, after.findings) == (before.records, before.findings)


def test_a_plan_is_forgotten(archive: Path) -> None:
    written = everything(archive)
    assert any("Måltidsenheten".encode() in data for data in written.values())
    gone = forget_in_archive(archive, "plan.txt", FAST)
    assert gone.plans > 4 and gone.records == 0
    assert not any("Måltidsenheten".encode() in data for data in everything(archive).values())


def test_an_adaptation_learnt_from_the_texts_goes_too(archive: Path) -> None:
    (archive / "adaptation.json").write_text('{"municipalities": {}}')
    assert forget_in_archive(archive, SECRET, FAST).files == ("adaptation.json",)
    assert not (archive / "adaptation.json").exists()


@pytest.mark.parametrize("name", ["finns-inte.txt", "hemlig", DIGEST[: SHORTEST - 1], "0" * 64, ""])
def test_what_names_no_document_changes_nothing(archive: Path, name: str) -> None:
    before = everything(archive)
    with pytest.raises(UsageError, match="inget sådant dokument"):
        forget_in_archive(archive, name, FAST)
    assert everything(archive) == before


def test_a_name_of_several_documents_is_refused(archive: Path) -> None:
    result = read_result(archive)
    twice = tuple(one.model_copy(update={"path": "rapport.txt"}) for one in result.documents)
    alike = tuple(
        one.model_copy(update={"sha256": f"{'0' * SHORTEST}{number}"}) for number, one in enumerate(result.documents)
    )
    for documents, name in ((twice, "rapport.txt"), (alike, "0" * SHORTEST)):
        with pytest.raises(UsageError, match="flera dokument"):
            named(documents, name)
    assert [one.sha256 for one in named(twice, DIGEST)] == [DIGEST] * 2


def test_no_folder_of_an_import(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="ingen mapp från ljuskoll import"):
        forget_in_archive(tmp_path, SECRET, FAST)
    assert not list(tmp_path.iterdir())
