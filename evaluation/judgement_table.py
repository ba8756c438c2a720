"""The measurement of the judgement as people read it: tables on a terminal, and a page with pictures."""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from html import escape
from importlib.resources import files
from string import Template

from rich.table import Table

from ljuskoll.evaluation.judgement import ALL, Judgement, Share
from ljuskoll.evaluation.judgement_run import Measured
from ljuskoll.evaluation.speed import Speed
from ljuskoll.models.measures import Figures, calibration_bins

_HEADINGS = ("Del", "Antal", "Makro-F1", "Precision", "Täckning", "Kalibreringsfel", "Rätt utfall")
_OWN = "På våra egna texter som modellen inte lärt av"
_FAST, _CAREFUL = "snabb bedömning", "noggrann bedömning"
_SIDE, _BAR = 260, 18


@cache
def _names() -> dict[str, dict[str, str]]:
    return tomllib.loads((files(__package__) / "judgement_names.toml").read_text(encoding="utf-8"))


def _name(key: str) -> str:
    names = _names()
    return names["parts"].get(key) or names["phenomena"].get(key, key)


def judgement_tables(measured: Measured) -> Iterator[Table]:
    """A table for each kind of figure."""
    for title, headings, rows in _tables(measured):
        table = Table(*headings, title=title)
        for row in rows:
            table.add_row(*row)
        yield table


def _tables(measured: Measured) -> Iterator[tuple[str, Sequence[str], list[tuple[str, ...]]]]:
    for name, judgement in _judges(measured):
        yield from _judge_tables(name, judgement)
    yield (
        "Språkkomponenter på märkta meningar",
        ("Företeelse", "Meningar", "Precision", "Återfinning"),
        [
            (_name(name), str(one.rows), _three(one.precision), _three(one.recall))
            for name, one in measured.components.items()
        ],
    )
    if measured.margins:
        yield (
            "Marginal i makro-F1 (95 % intervall)",
            ("Mot", "Dess makro-F1", "Skillnad", "Från", "Till"),
            [
                (
                    _names()["baselines"][one.baseline],
                    _three(one.macro_f1),
                    _three(one.difference),
                    _three(one.low),
                    _three(one.high),
                )
                for one in measured.margins
            ],
        )
    if measured.speed:
        yield (
            "Fart",
            (
                "Bedömning",
                "Kommentarer i sekunden",
                "Andel av TF-IDF (ord)",
                "Andel av TF-IDF (tecken)",
                "Andel av snabb",
            ),
            list(_speeds(measured.speed)),
        )


def _judges(measured: Measured) -> Iterator[tuple[str, Judgement]]:
    yield _FAST, measured.judgement
    if measured.careful:
        yield _CAREFUL, measured.careful


def _judge_tables(judge: str, judgement: Judgement) -> Iterator[tuple[str, Sequence[str], list[tuple[str, ...]]]]:
    shares = ("Rätt", "Av", "Andel")
    yield f"{_OWN}, {judge}", _HEADINGS, [(_name(name), *_row(part)) for name, part in judgement.parts.items()]
    yield f"Minimala par, båda sidor rätt, {judge}", ("Företeelse", *shares), _shares(judgement.pairs)
    yield f"Oförändrat besked, {judge}", ("Ändring", *shares), _shares(judgement.invariance)
    faithful: list[tuple[str, ...]] = [("beskedet ändras utan beläggen", *_share(judgement.faithfulness))]
    yield f"Belägg, {judge}", ("Mått", "Antal", "Av", "Andel"), faithful


def _speeds(speed: Speed) -> Iterator[tuple[str, ...]]:
    yield _FAST, str(speed.comments_a_second), _three(speed.of_word_tfidf), _three(speed.of_character_tfidf), "1"
    if speed.careful and speed.careful_of_fast:
        of_tfidf = (speed.careful_of_fast * one for one in (speed.of_word_tfidf, speed.of_character_tfidf))
        yield _CAREFUL, str(speed.careful), *map(_three, of_tfidf), _three(speed.careful_of_fast)


def _row(part: Figures) -> tuple[str, ...]:
    values = (part.macro_f1, part.precision, part.coverage, part.calibration_error, part.outcome_accuracy)
    return (str(part.cases), *map(_three, values))


def _shares(shares: Mapping[str, Share]) -> list[tuple[str, ...]]:
    return [(_name(name), *_share(share)) for name, share in shares.items()]


def _share(share: Share) -> tuple[str, str, str]:
    return str(share.right), str(share.of), _three(share.value)


def _three(value: float) -> str:
    return f"{value:.3f}"


def judgement_page(measured: Measured) -> str:
    """A self-contained HTML page in Swedish: pictures of the judge that is used first, then every table."""
    shown = measured.careful or measured.judgement
    tables = "".join(_html_table(*table) for table in _tables(measured))
    page = Template((files(__package__) / "judgement_page.html").read_text(encoding="utf-8"))
    return page.substitute(
        own=_OWN,
        pairs=_bars("Minimala par, båda sidor rätt", shown.pairs),
        invariance=_bars("Oförändrat besked", shown.invariance),
        calibration=_calibration(shown),
        tables=tables,
        corpus=measured.corpus[:12],
    )


def _html_table(title: str, headings: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    head = "".join(f'<th scope="col">{escape(one)}</th>' for one in headings)
    body = "".join("<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in rows)
    return f"<table><caption>{escape(title)}</caption><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def _bars(title: str, shares: Mapping[str, Share]) -> str:
    """One bar a group, with its name before and its share after it."""
    rows = []
    for index, (name, share) in enumerate(shares.items()):
        top, color = index * (_BAR + 6), "#1f6f5c" if name == ALL else "#7aa89b"
        rows.append(
            f'<text x="190" y="{top + 14}" text-anchor="end">{escape(_name(name))}</text>'
            f'<rect x="200" y="{top}" width="{share.value * _SIDE:.1f}" height="{_BAR}" fill="{color}"/>'
            f'<text x="{206 + share.value * _SIDE:.1f}" y="{top + 14}">{share.right} av {share.of}</text>'
        )
    height = len(shares) * (_BAR + 6)
    svg = f'<svg width="560" height="{height}" role="img" aria-label="{escape(title)}">{"".join(rows)}</svg>'
    return f"<figure><figcaption>{escape(title)}</figcaption>{svg}</figure>"


def _calibration(judgement: Judgement) -> str:
    """How often the likeliest light is right against how probable it was said to be; large circles are many."""
    dots = []
    for said, right, count in calibration_bins(judgement.cases):
        radius = 3 + 12 * (count / len(judgement.cases)) ** 0.5
        x, y = 40 + said * _SIDE, 10 + (1 - right) * _SIDE
        dots.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}" fill="#1f6f5c" fill-opacity=".7"/>')
    axes = (
        f'<rect x="40" y="10" width="{_SIDE}" height="{_SIDE}" fill="none" stroke="#999"/>'
        f'<line x1="40" y1="{10 + _SIDE}" x2="{40 + _SIDE}" y2="10" stroke="#999" stroke-dasharray="4"/>'
        f'<text x="{40 + _SIDE / 2}" y="{_SIDE + 40}" text-anchor="middle">sagd sannolikhet</text>'
        f'<text x="8" y="24">1</text><text x="8" y="{14 + _SIDE}">0</text><text x="48" y="26">andel rätt</text>'
    )
    title = "Är sannolikheterna ärliga?"
    svg = f'<svg width="340" height="{_SIDE + 50}" role="img" aria-label="{title}">{axes}{"".join(dots)}</svg>'
    return f"<figure><figcaption>{title}</figcaption>{svg}</figure>"
