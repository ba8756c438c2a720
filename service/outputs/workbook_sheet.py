"""A workbook that is written row by row to files, and what XlsxWriter would keep of each row let go of."""

from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from xlsxwriter import Workbook
from xlsxwriter.exceptions import FileCreateError
from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

_KEPT_ROWS: Final = 1_000
"""Heights of so many rows from the top are kept, from which XlsxWriter places comments and charts."""


class Sheet(Worksheet):  # type: ignore[misc]
    """A sheet that is written from the top; its links within the workbook cost little."""

    def __init__(self) -> None:
        super().__init__()
        self.links = 0
        self._written_links = BytesIO()

    def link(self, row: int, column: int, place: str, text: str) -> None:
        """Make a link to a place in the workbook of a cell, whose value is written apart; in order of rows."""
        self.links += 1
        attributes = {"ref": xl_rowcol_to_cell(row, column), "location": place, "display": text}
        told = "".join(f' {name}="{self._escape_attributes(value)}"' for name, value in attributes.items())
        self._written_links.write(f"<hyperlink{told}/>".encode())

    def let_go(self) -> None:
        """Close the file of the rows, so that it can be removed wherever it stops."""
        self._opt_close()

    def _write_single_row(self, current_row_num: int = 0) -> None:
        written = self.previous_row
        super()._write_single_row(current_row_num)
        if written >= _KEPT_ROWS:
            self.row_info.pop(written, None)
            self.row_sizes.pop(written, None)

    def _write_hyperlinks(self) -> None:
        if self.links:
            self.fh.write(f"<hyperlinks>{self._written_links.getvalue().decode()}</hyperlinks>")
        else:
            super()._write_hyperlinks()


@contextmanager
def opened(path: Path, folder: Path | None, properties: dict[str, Any]) -> Iterator[Workbook]:
    """A workbook of `Sheet`s that is written to `path` at the end if all went well; until then it lies in `folder`.

    None is the system's folder for such files. Raises OSError where it cannot be written.
    """
    with TemporaryDirectory(dir=folder, prefix="ljuskoll-") as parts:
        workbook = Workbook(path, {"constant_memory": True, "tmpdir": parts, "use_zip64": True})
        workbook.worksheet_class = Sheet
        workbook.set_properties(properties)
        try:
            yield workbook
            workbook.close()
        except FileCreateError as error:
            raise error.args[0] from error
        finally:
            for sheet in workbook.worksheets():
                sheet.let_go()
