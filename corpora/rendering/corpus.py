"""The rendered corpus: every document of documents.toml as a real file, with what is true of it in truth.jsonl."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

import weasyprint

from ljuskoll.corpora.rendering.as_docx import docx_file
from ljuskoll.corpora.rendering.as_html import printable, web_page
from ljuskoll.corpora.rendering.as_reportlab import reportlab_pdf
from ljuskoll.corpora.rendering.as_text import Writing, text_file
from ljuskoll.corpora.rendering.as_xlsx import FOLLOWUP_SHEET, openpyxl_file, xlsxwriter_file
from ljuskoll.corpora.rendering.layouts import LAYOUTS
from ljuskoll.corpora.rendering.pages import find_pages
from ljuskoll.corpora.rendering.programs import chromium, office, print_by_chromium, print_by_office
from ljuskoll.corpora.rendering.scan import scanned
from ljuskoll.corpora.rendering.setting import Setting
from ljuskoll.corpora.rendering.story import Story
from ljuskoll.corpora.reports.description import data, load_descriptions
from ljuskoll.corpora.reports.truth import TrueDocument, TrueRecord, write_truth

TRUTH_NAME = "truth.jsonl"
_SCAN = "scan-"
_WRITINGS: tuple[Writing, ...] = ("utf-8", "cp1252", "utf-16", "decomposed")
_SUFFIXES = {"html": "html", "text": "txt", "docx": "docx", "openpyxl": "xlsx", "xlsxwriter": "xlsx"}


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A document that could not be made, and why (in Swedish)."""

    path: str
    reason: str


@dataclass(frozen=True, slots=True)
class _Made:
    setting: Setting
    data: bytes | None
    reason: str = ""


def load_settings() -> tuple[Setting, ...]:
    """All documents of the corpus, in the order of documents.toml."""
    return _settings("documents", matter=True)


def load_golden_settings() -> tuple[Setting, ...]:
    """The small samples that are kept among the tests."""
    return _settings("golden", matter=False)


def _settings(name: str, *, matter: bool) -> tuple[Setting, ...]:
    reports = load_descriptions()
    return tuple(
        Setting(reports[report], layout, producer, drawing, number, matter)
        for number, (report, layout, producer, drawing) in enumerate(data("documents.toml")[name])
    )


def path_of(setting: Setting) -> str:
    """The document's path below the corpus' folder."""
    producer = setting.producer.removeprefix(_SCAN)
    name = f"{setting.number:03d}-{setting.description.key}-{setting.drawing}"
    return f"{setting.layout}/{setting.producer}/{name}.{_SUFFIXES.get(producer, 'pdf')}"


def render_corpus(target: Path, settings: Sequence[Setting], workers: int = 1) -> tuple[LeftOut, ...]:
    """Writes the documents and their truth below `target`; those whose program is missing are left out and returned."""
    documents: list[TrueDocument] = []
    left_out: list[LeftOut] = []
    for made in _render_all(settings, workers):
        path = path_of(made.setting)
        if made.data is None:
            left_out.append(LeftOut(path, made.reason))
            continue
        file = target / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(made.data)
        documents.append(_true_document(made.setting, made.data))
    target.mkdir(parents=True, exist_ok=True)
    write_truth(target / TRUTH_NAME, documents)
    return tuple(left_out)


def story_of(setting: Setting) -> Story:
    """What the document consists of."""
    return LAYOUTS[setting.layout](setting)


def _render_all(settings: Sequence[Setting], workers: int) -> Iterator[_Made]:
    """All documents; LibreOffice prints its share in one go, since its start takes longest."""
    printed = _by_office([setting for setting in settings if setting.producer == "libreoffice"])
    others = [setting for setting in settings if setting.producer != "libreoffice"]
    if workers > 1:
        with ProcessPoolExecutor(workers, get_context("spawn")) as pool:
            yield from _merged(settings, printed, pool.map(_render, others, chunksize=4))
    else:
        yield from _merged(settings, printed, map(_render, others))


def _merged(settings: Iterable[Setting], printed: Mapping[int, _Made], others: Iterator[_Made]) -> Iterator[_Made]:
    for setting in settings:
        yield printed[setting.number] if setting.number in printed else next(others)


def _by_office(settings: Sequence[Setting]) -> dict[int, _Made]:
    program = office()
    if program is None:
        return {setting.number: _Made(setting, None, "LibreOffice finns inte") for setting in settings}
    files = {str(setting.number): docx_file(story_of(setting)) for setting in settings}
    pdfs = print_by_office(program, files) if files else {}
    reason = "LibreOffice gjorde ingen PDF"
    return {setting.number: _Made(setting, pdfs.get(str(setting.number)), reason) for setting in settings}


def _render(setting: Setting) -> _Made:
    story = story_of(setting)
    producer = setting.producer.removeprefix(_SCAN)
    if producer == "chromium" and chromium() is None:
        return _Made(setting, None, "Chromium finns inte")
    made = _PRODUCERS[producer](story, setting)
    return _Made(setting, scanned(made, setting.number) if setting.producer.startswith(_SCAN) else made)


def _by_weasyprint(story: Story, setting: Setting) -> bytes:
    page = printable(story, hyphens=setting.number % 2 == 0)
    made: bytes = weasyprint.HTML(string=page).write_pdf()
    return made


def _by_chromium(story: Story, setting: Setting) -> bytes:
    program = chromium()
    assert program is not None
    return print_by_chromium(program, printable(story, hyphens=False))


def _by_text(story: Story, setting: Setting) -> bytes:
    symbols = setting.drawing in ("emoji", "smiley", "check")
    writing = "utf-8" if symbols else _WRITINGS[setting.number % len(_WRITINGS)]
    return text_file(story, writing, tight=setting.layout == "flattened" and setting.number % 2 == 0)


_PRODUCERS: Mapping[str, Callable[[Story, Setting], bytes]] = {
    "reportlab": lambda story, _: reportlab_pdf(story),
    "weasyprint": _by_weasyprint,
    "chromium": _by_chromium,
    "docx": lambda story, _: docx_file(story),
    "openpyxl": lambda story, _: openpyxl_file(story),
    "xlsxwriter": lambda story, _: xlsxwriter_file(story),
    "html": lambda story, _: web_page(story),
    "text": _by_text,
}


def _true_document(setting: Setting, made: bytes) -> TrueDocument:
    records = story_of(setting).records
    is_scan = setting.producer.startswith(_SCAN)
    return TrueDocument(
        path=path_of(setting),
        layout=setting.layout,
        producer="scan" if is_scan else setting.producer,
        drawing=setting.drawing,
        municipality=setting.description.municipality,
        ocr=is_scan,
        records=tuple(_placed(records, setting, made)),
    )


def _placed(records: Sequence[TrueRecord], setting: Setting, made: bytes) -> Iterator[TrueRecord]:
    """The records with the page on which each starts; a scan's is that of the PDF that was scanned."""
    producer = setting.producer.removeprefix(_SCAN)
    pages: Sequence[int | None] = [None if producer == "docx" else 1] * len(records)
    if producer in ("openpyxl", "xlsxwriter"):
        pages = [FOLLOWUP_SHEET] * len(records)
    elif producer not in _SUFFIXES:
        pdf = _PRODUCERS[producer](story_of(setting), setting) if setting.producer.startswith(_SCAN) else made
        pages = find_pages(pdf, [record.assignment for record in records])
    for record, page in zip(records, pages, strict=True):
        yield record.model_copy(update={"page": page})
