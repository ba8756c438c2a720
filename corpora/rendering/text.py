"""A report as a plain list: a line with a lone full stop opens each assignment."""

from collections.abc import Iterator

from ljuskoll.corpora.rendering.report import Report, Row


def render_list_text(report: Report) -> bytes:
    """The report as UTF-8 text."""
    return ("\n".join(_lines(report)).rstrip("\n") + "\n").encode()


def _lines(report: Report) -> Iterator[str]:
    yield report.title
    for paragraph in report.intro:
        yield from (paragraph, "")
    for section in report.sections:
        if section.heading:
            yield from (section.heading, "")
        for paragraph in section.text:
            yield from (paragraph, "")
        for row in section.rows:
            yield from _row_lines(row, report.board_first)
        for paragraph in section.closing:
            yield from (paragraph, "")
    if report.footer:
        yield report.footer


def _row_lines(row: Row, board_first: bool) -> Iterator[str]:
    if board_first:
        yield f"({row.board}) ." if row.board else "."
        yield row.assignment
    else:
        yield "."
        yield row.title
    yield ""
    for paragraph in row.paragraphs:
        yield from (paragraph, "")
