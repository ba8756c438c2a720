"""A story as a web page, and as the HTML that WeasyPrint and Chromium print."""

import base64
import re
from collections.abc import Iterable
from html import escape

from ljuskoll.corpora.rendering.icons import icon, sign
from ljuskoll.corpora.rendering.story import (
    Cell,
    Columned,
    Contents,
    Element,
    Grid,
    Heading,
    Line,
    Mark,
    NewPage,
    Paragraph,
    Picture,
    Row,
    Rules,
    Story,
    Text,
    plain,
)
from ljuskoll.corpora.reports.description import load_words

_SYMBOLS = re.compile("[\u2190-\u21ff\u2300-\u2bff\U0001f000-\U0001faff]")
_RULES: dict[Rules, str] = {
    "full": "table.full td,table.full th{border:0.6pt solid #8c98a4}",
    "none": "table.none th{background:none!important}table.none td,table.none th{padding:5pt 9pt 5pt 0}",
    "zebra": "table.zebra tbody tr:nth-child(even){background:#eef2f6}",
    "half": "table.half tr{border-bottom:0.6pt solid #8c98a4}",
}
_STYLE = (
    "body{print-color-adjust:exact;font-family:'Liberation Sans',Carlito,sans-serif;"
    "font-size:10pt;line-height:1.35;color:#111}"
    "h1{font-size:20pt;color:#1f3c5a;line-height:1.2}h2{font-size:15pt;color:#1f3c5a}h3{font-size:12.5pt;color:#1f3c5a}"
    "h4{font-size:10.5pt;margin:9pt 0 2pt}p{margin:0 0 5pt}p.small{font-size:8.5pt;color:#333}p.label{margin:0 0 2pt}"
    "p.light{margin:6pt 0 0;break-after:avoid}"
    "h2,h3,h4{break-after:avoid}table{border-collapse:collapse;width:100%;margin:0 0 10pt;table-layout:fixed}"
    "th,td{padding:3pt 4pt;vertical-align:top;text-align:left;overflow-wrap:break-word}td p,th p{margin:0 0 3pt}"
    "thead{display:table-header-group}.columns{column-count:2;column-gap:18pt}"
    ".circle,.square,.gradient{display:inline-block;width:9pt;height:9pt;vertical-align:-1pt}"
    ".circle,.gradient{border-radius:50%}img.icon{width:11pt;height:11pt;vertical-align:-2pt}"
    ".emoji{font-family:'Liberation Sans','DejaVu Sans','Noto Color Emoji',sans-serif}"
    "nav.toc p{margin:0 0 2pt}nav.toc a{color:inherit;text-decoration:none}" + "".join(_RULES.values())
)
_PRINT = (
    "@page{{size:A4{landscape};margin:24mm 20mm 20mm;@top-left{{content:'{municipality}';font-size:8pt}}"
    "@top-right{{content:'{period}';font-size:8pt}}@bottom-left{{content:'{footer}';font-size:8pt}}"
    "@bottom-right{{content:{page};font-size:8pt}}}}"
    "nav.toc a::after{{content:leader('.') target-counter(attr(href),page)}}.page{{break-before:page}}"
    "{hyphens}"
)


def web_page(story: Story) -> bytes:
    """The story as a municipality's page, with menu, cookie banner and footer; pictures lie beside it."""
    page = load_words()["page"]
    menu = "".join(f'<li><a href="#">{escape(word)}</a></li>' for word in page["menu"])
    return _document(
        story,
        _STYLE + "main{max-width:60rem;margin:auto}",
        f'<div class="cookie-banner" role="dialog"><p>{escape(page["cookies"])}</p></div>'
        f"<header><nav><ul>{menu}</ul></nav></header><main>{_elements(story.elements, embed=False)}</main>"
        f"<footer><p>{escape(page['updated'])}</p><p>{escape(story.municipality)}</p></footer>",
    ).encode()


def printable(story: Story, *, hyphens: bool) -> str:
    """The story as a page to print, with running headers and footers."""
    style = _PRINT.format(
        landscape=" landscape" if story.landscape else "",
        municipality=story.municipality,
        period=story.period,
        footer=story.footer,
        page=_page_counter(story.page_number),
        hyphens="p{hyphens:auto}" if hyphens else "",
    )
    return _document(story, _STYLE + style, f"<main>{_elements(story.elements, embed=True)}</main>")


def _page_counter(wording: str) -> str:
    """ "Sida {number} ({total})" as CSS content."""
    parts = wording.replace("{number}", "\0counter(page)\0").replace("{total}", "\0counter(pages)\0").split("\0")
    return " ".join(part if part.startswith("counter") else f"'{part}'" for part in parts if part)


def _document(story: Story, style: str, body: str) -> str:
    title = f"{escape(story.title)} - {escape(story.municipality)}"
    return (
        f'<!DOCTYPE html>\n<html lang="sv">\n<head>\n<meta charset="utf-8">\n<title>{title}</title>\n'
        f"<style>{style}</style>\n</head>\n<body>\n{body}\n</body>\n</html>\n"
    )


def _elements(elements: Iterable[Element], *, embed: bool) -> str:
    found = list(elements)
    return "\n".join(_element(element, found, embed) for element in found)


def _element(element: Element, all_: list[Element], embed: bool) -> str:
    if isinstance(element, Heading):
        return f'<h{element.level} id="{_anchor(element)}">{_line(element.line, embed)}</h{element.level}>'
    if isinstance(element, Paragraph):
        return _paragraph(element, embed)
    if isinstance(element, Grid):
        return _grid(element, embed)
    if isinstance(element, Columned):
        return f'<div class="columns">{_elements(element.elements, embed=embed)}</div>'
    if isinstance(element, Picture):
        return f'<p><img src="{_embedded(element.data)}" alt="" width="{element.width:.0f}pt"></p>' if embed else ""
    if isinstance(element, NewPage):
        return '<div class="page"></div>'
    return _contents(element, all_)


def _anchor(heading: Heading) -> str:
    return "a" + "".join(char for char in plain(heading.line).lower() if char.isascii() and char.isalnum())


def _contents(contents: Contents, all_: list[Element]) -> str:
    entries = "".join(
        f'<p><a href="#{_anchor(heading)}">{escape(plain(heading.line).strip())} </a></p>'
        for heading in all_
        if isinstance(heading, Heading) and 1 < heading.level <= contents.depth
    )
    return f'<h2>{escape(contents.title)}</h2><nav class="toc">{entries}</nav>'


def _paragraph(paragraph: Paragraph, embed: bool) -> str:
    style = f' style="border-left:5pt solid {paragraph.edge};padding-left:6pt"' if paragraph.edge else ""
    inner = _line(paragraph.line, embed)
    if paragraph.item:
        return f"<ul><li>{inner}</li></ul>"
    return f'<p class="{paragraph.look}"{style}>{inner}</p>'


def _line(line: Line, embed: bool) -> str:
    return "".join(_mark(part, embed) if isinstance(part, Mark) else _text(part) for part in line)


def _text(part: Text) -> str:
    text = escape(part.text)
    if part.colour:
        text = f'<span style="color:{part.colour};font-size:130%">{text}</span>'
    text = _SYMBOLS.sub(r'<span class="emoji">\g<0></span>', text)
    return f"<strong>{text}</strong>" if part.bold else text


def _mark(mark: Mark, embed: bool) -> str:
    if mark.shape == "icon" or mark.shape == "sign":
        data = icon(mark.colour) if mark.shape == "icon" else sign(mark.sign)
        source = _embedded(data) if embed else f"/bilder/{mark.colour.strip('#')}.png"
        return f'<img class="icon" src="{source}" alt="{escape(mark.alt)}">'
    background = mark.colour
    if mark.shape == "gradient":
        background = f"radial-gradient(circle at 35% 35%,#ffffff 0%,{mark.colour} 55%,{mark.colour} 100%)"
    return f'<span class="{mark.shape}" style="background:{background}"></span>'


def _embedded(data: bytes) -> str:
    return f"data:image/png;base64,{base64.b64encode(data).decode()}"


def _grid(grid: Grid, embed: bool) -> str:
    columns = "".join(f'<col style="width:{width * 100:.1f}%">' for width in grid.widths)
    head = "".join(_row(row, "th", embed) for row in grid.header)
    body = "\n".join(_row(row, "td", embed) for row in grid.rows)
    opening = f"<thead>{head}</thead>\n" if head else ""
    style = f' style="font-size:{grid.size}pt"'
    return (
        f'<table class="{grid.rules}"{style}><colgroup>{columns}</colgroup>{opening}<tbody>\n{body}\n</tbody></table>'
    )


def _row(row: Row, tag: str, embed: bool) -> str:
    return "<tr>" + "".join(_cell(cell, tag, embed) for cell in row) + "</tr>"


def _cell(cell: Cell, tag: str, embed: bool) -> str:
    style = f"background:{cell.fill};" if cell.fill else ""
    style += f"border-left:6pt solid {cell.edge}" if cell.edge else ""
    spans = f' colspan="{cell.columns}"' if cell.columns > 1 else ""
    spans += f' rowspan="{cell.rows}"' if cell.rows > 1 else ""
    attribute = f' style="{style}"' if style else ""
    inner = "".join(f"<p>{_line(line, embed)}</p>" for line in cell.lines)
    return f"<{tag}{spans}{attribute}>{inner}</{tag}>"
