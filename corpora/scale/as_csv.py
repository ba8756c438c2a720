"""A story as an export with semicolons: its title, the column headings once, and all rows."""

import csv
from io import StringIO

from ljuskoll.corpora.rendering.story import Grid, Row, Story, plain


def csv_file(story: Story) -> bytes:
    """The follow-up's tables as one, in UTF-8 with a byte order mark as Excel writes it; goals are left out."""
    grids = [element for element in story.elements if isinstance(element, Grid) and element.header]
    columns = len(grids[0].widths)
    buffer = StringIO()
    writer = csv.writer(buffer, delimiter=";", lineterminator="\r\n")
    writer.writerow([story.title])
    writer.writerow(_fields(grids[0].header[0]))
    writer.writerows(_fields(row) for grid in grids for row in grid.rows if len(row) == columns)
    return buffer.getvalue().encode("utf-8-sig")


def _fields(row: Row) -> list[str]:
    return ["\n".join(plain(line) for line in cell.lines) for cell in row]
