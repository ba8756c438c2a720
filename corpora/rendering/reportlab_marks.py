"""A line of words with drawn marks at its beginning or after its label, for ReportLab."""

from collections.abc import Callable
from io import BytesIO

from reportlab.lib.colors import HexColor, white
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.platypus import Flowable
from reportlab.platypus import Paragraph as Prose

from ljuskoll.corpora.rendering.icons import icon, sign
from ljuskoll.corpora.rendering.story import Line, Mark, Text

_GAP = 3.0


class MarkedLine(Flowable):  # type: ignore[misc]
    """Words and marks side by side; only the words after the last mark can go on over several lines."""

    def __init__(self, line: Line, style: ParagraphStyle, markup: Callable[[Line], str]) -> None:
        super().__init__()
        self._style = style
        self._size = style.fontSize * 1.05
        last = max(index for index, part in enumerate(line) if isinstance(part, Mark))
        self._first, rest = line[: last + 1], line[last + 1 :]
        self._rest = Prose(markup(rest), style) if rest else None
        self.spaceBefore, self.spaceAfter = style.spaceBefore, style.spaceAfter
        self.keepWithNext = getattr(style, "keepWithNext", 0)
        self._indent = sum(self._width(part) for part in self._first)

    def _width(self, part: Text | Mark) -> float:
        if isinstance(part, Mark):
            return float(self._size) + _GAP
        return float(stringWidth(part.text, self._font(part), self._style.fontSize))

    def _font(self, part: Text) -> str:
        return "Helvetica-Bold" if part.bold else str(self._style.fontName)

    def getSpaceBefore(self) -> float:
        """Points above the line (called by reportlab)."""
        return float(self.spaceBefore)

    def getSpaceAfter(self) -> float:
        """Points below the line (called by reportlab)."""
        return float(self.spaceAfter)

    def wrap(self, availWidth: float, availHeight: float) -> tuple[float, float]:
        """The room that the line takes (called by reportlab)."""
        leading = float(self._style.leading)
        if self._rest is None:
            self.width, self.height = availWidth, leading
        else:
            _, height = self._rest.wrap(availWidth - self._indent, availHeight)
            self.width, self.height = availWidth, max(height, leading)
        return self.width, self.height

    def draw(self) -> None:
        """Paint marks and words (called by reportlab)."""
        x, base = float(self._style.leftIndent), self.height - self._style.fontSize
        for part in self._first:
            if isinstance(part, Mark):
                self._paint(part, x, base - 1)
            else:
                self.canv.setFont(self._font(part), self._style.fontSize)
                self.canv.setFillColor(self._style.textColor)
                self.canv.drawString(x, base, part.text)
            x += self._width(part)
        if self._rest is not None:
            self._rest.drawOn(self.canv, x, self.height - self._rest.height)

    def _paint(self, mark: Mark, x: float, y: float) -> None:
        size, canvas = self._size, self.canv
        if mark.shape in ("icon", "sign"):
            data = icon(mark.colour) if mark.shape == "icon" else sign(mark.sign)
            canvas.drawImage(ImageReader(BytesIO(data)), x, y, size, size, mask="auto")
            return
        canvas.saveState()
        canvas.setFillColor(HexColor(mark.colour))
        if mark.shape == "square":
            canvas.rect(x, y, size, size, stroke=0, fill=1)
        elif mark.shape == "circle":
            canvas.circle(x + size / 2, y + size / 2, size / 2, stroke=0, fill=1)
        else:
            path = canvas.beginPath()
            path.circle(x + size / 2, y + size / 2, size / 2)
            canvas.clipPath(path, stroke=0, fill=0)
            centre = (x + size * 0.35, y + size * 0.65)
            canvas.radialGradient(*centre, size * 0.8, (white, HexColor(mark.colour)), (0, 0.6))
        canvas.restoreState()
