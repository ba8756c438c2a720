"""Renders the descriptions of our own reports into real files: text, web pages and PDF."""

from collections.abc import Callable
from pathlib import Path

from ljuskoll.corpora.rendering.html import render_table_html, render_web_page
from ljuskoll.corpora.rendering.pdf import render_list_pdf, render_table_pdf
from ljuskoll.corpora.rendering.report import Rendering, Report, Row, Section, load_report
from ljuskoll.corpora.rendering.text import render_list_text

__all__ = ["Report", "Row", "Section", "load_report", "render", "render_archive"]

_RENDERERS: dict[Rendering, Callable[[Report], bytes]] = {
    "list_text": render_list_text,
    "table_html": render_table_html,
    "web_page": render_web_page,
    "table_pdf": render_table_pdf,
    "list_pdf": render_list_pdf,
}


def render(report: Report) -> bytes:
    """The report as the bytes of a file, the same every time."""
    return _RENDERERS[report.rendering](report)


def render_archive(source: Path, target: Path) -> list[Path]:
    """Render every numbered description ("4.json") in `source` into its file below `target`; the files in order."""
    written = []
    for description in sorted(source.glob("[0-9]*.json")):
        report = load_report(description)
        path = target / report.file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(render(report))
        written.append(path)
    return written
