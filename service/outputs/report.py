"""The report as one page that needs no network and no program: made as text, written as a whole or not at all."""

import base64
import hashlib
from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path
from string import Template

from ljuskoll.service.outputs.files import write_files
from ljuskoll.service.outputs.markup import NOTHING, Html, joined, tag, text
from ljuskoll.service.outputs.report_archive import archive_section
from ljuskoll.service.outputs.report_checked import checked_section
from ljuskoll.service.outputs.report_filters import filter_style
from ljuskoll.service.outputs.report_findings import findings_section
from ljuskoll.service.outputs.report_forecasts import forecasts_section
from ljuskoll.service.outputs.report_head import head, scope
from ljuskoll.service.outputs.report_lights import lights_section
from ljuskoll.service.outputs.report_material import ReportMaterial
from ljuskoll.service.outputs.report_movements import movements_section
from ljuskoll.service.outputs.report_parts import TEXT, link, symbols
from ljuskoll.service.outputs.report_sample import Sampling, sample_section

REPORT_NAME = "rapport.html"
_PAGE = "report.html"
_STYLE_START, _STYLE_END = "<style>", "</style>"


def report_page(material: ReportMaterial, sampling: Sampling | None = None) -> str:
    """The page; the same material and sampling give the same text."""
    sections = [
        findings_section(material),
        lights_section(material),
        movements_section(material),
        forecasts_section(material),
        archive_section(material),
        checked_section(material),
        sample_section(material, sampling) if sampling else NOTHING,
    ]
    page = (files(__package__) / _PAGE).read_text(encoding="utf-8")
    before, _, rest = page.partition(_STYLE_START)
    style, _, after = rest.partition(_STYLE_END)
    style += filter_style(material)
    return Template(f"{before}{_STYLE_START}$style{_STYLE_END}{after}").substitute(
        style=style,
        style_hash=_hash(style),
        title=text(TEXT["title"].format(scope=scope(material))),
        skip=text(TEXT["skip"]),
        symbols=symbols(),
        contents=_contents(sampling is not None),
        head=head(material),
        sections=joined(sections, "\n"),
        foot=tag("p", TEXT["foot"].format(version=material.result.run.version)),
    )


def write_report(directory: Path, page: str) -> Path:
    """Write the page into the folder and return its path; raises UsageError where that cannot be done."""
    write_files(directory, {REPORT_NAME: page.encode("utf-8", "replace")})
    return directory / REPORT_NAME


def _contents(has_sample: bool) -> Html:
    parts: Sequence[str] = [name for name in TEXT["contents"] if has_sample or name != "arbetspapper"]
    items = (tag("li", link(name, TEXT["contents"][name])) for name in parts)
    return tag("nav", tag("ol", *items), class_="contents", aria_label=TEXT["contents_label"])


def _hash(style: str) -> str:
    """What the page's policy knows its own style by; no other is applied."""
    return base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
