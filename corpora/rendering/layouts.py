"""The layouts that a report can be rendered in."""

from collections.abc import Callable, Mapping

from ljuskoll.corpora.rendering import annual, lists, tables
from ljuskoll.corpora.rendering.setting import Setting
from ljuskoll.corpora.rendering.story import Story

LAYOUTS: Mapping[str, Callable[[Setting], Story]] = {
    "ruled": tables.ruled,
    "borderless": tables.borderless,
    "zebra": tables.zebra,
    "breaks": tables.breaks,
    "merged": tables.merged,
    "grouped": tables.grouped,
    "labelled": lists.labelled,
    "contents": lists.contents,
    "columns": lists.columns,
    "coded": lists.coded,
    "coloured": lists.coloured,
    "glued": lists.glued,
    "flattened": lists.flattened,
    "legend": annual.guide,
    "long": annual.annual,
}
"""Each layout by its name."""
