"""A report as a page of a municipality's web site: with a table, or with the colour word before each assignment."""

from collections.abc import Iterable
from html import escape

from ljuskoll.corpora.rendering.report import Report, Row, Section
from ljuskoll.corpora.rendering.words import WORDS

_STYLE = (
    "body{font-family:sans-serif;margin:0}main{max-width:60rem;margin:auto}"
    "table{border-collapse:collapse}th,td{border:1px solid #999;padding:.4rem;vertical-align:top;text-align:left}"
)


def render_table_html(report: Report) -> bytes:
    """The report as a page with one table a section; the status is an icon with its word as alt text."""
    return _page(report, [_table_section(section) for section in report.sections])


def render_web_page(report: Report) -> bytes:
    """The report as a public page; the colour word stands on a line of its own before each assignment."""
    return _page(report, [_listed_section(section) for section in report.sections])


def _page(report: Report, sections: Iterable[str]) -> bytes:
    menu = "\n".join(f'<li><a href="#">{escape(word)}</a></li>' for word in WORDS.menu)
    path = " / ".join(f'<a href="#">{escape(word)}</a>' for word in WORDS.breadcrumb)
    body = "\n".join([_element("h1", report.title), _paragraphs(report.intro), *sections])
    return f"""<!DOCTYPE html>
<html lang="sv">
<head>
<meta charset="utf-8">
<title>{escape(report.title)} - {escape(report.municipality)}</title>
<style>{_STYLE}</style>
</head>
<body>
<div class="cookie-banner" role="dialog"><p>{escape(WORDS.cookies)}</p><button>{escape(WORDS.accept)}</button></div>
<header><a href="/">{escape(report.municipality)}</a>
<nav><ul>
{menu}
</ul></nav>
</header>
<nav class="breadcrumb">{path}</nav>
<main>
{body}
</main>
<footer>
{_paragraphs([report.municipality, report.footer])}
</footer>
</body>
</html>
""".encode()


def _table_section(section: Section) -> str:
    columns = "".join(f'<th scope="col">{escape(column)}</th>' for column in WORDS.columns)
    table = [f"<table>\n<thead>\n<tr>{columns}</tr>\n</thead>\n<tbody>", *map(_table_row, section.rows)]
    return _section(section, "\n".join([*table, "</tbody>\n</table>"]) if section.rows else "", level="h2")


def _table_row(row: Row) -> str:
    word = WORDS.lights[row.light] if row.light else ""
    status = f'<img src="/bilder/{row.light}.png" alt="{word}" width="16" height="16">' if row.light else ""
    cells = [escape(row.assignment), escape(row.board or ""), status, _paragraphs(row.paragraphs)]
    return "<tr>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>"


def _listed_section(section: Section) -> str:
    return _section(section, "\n".join(map(_listed_row, section.rows)), level="h3" if section.rows else "h2")


def _listed_row(row: Row) -> str:
    word = _element("p", WORDS.lights[row.light]) if row.light else ""
    return _joined(word, _element("h4", row.title), _paragraphs(row.paragraphs))


def _section(section: Section, rows: str, level: str) -> str:
    heading = _element(level, section.heading) if section.heading else ""
    return _joined(heading, _paragraphs(section.text), rows, _paragraphs(section.closing))


def _paragraphs(texts: Iterable[str]) -> str:
    return "\n".join(_element("p", text) for text in texts if text)


def _element(tag: str, text: str) -> str:
    return f"<{tag}>{escape(text)}</{tag}>"


def _joined(*parts: str) -> str:
    return "\n".join(part for part in parts if part)
