"""Legends: lines that explain a scale, and what light a legend's meaning stands for."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

from ljuskoll.nlp.vocabulary.words import either, load

MAX_MEANING = 14
"""Words in the meaning of a sign; a longer text after a colour is a comment."""
MAX_EQUATED = 8
"""Words that may follow each band that an equals sign gives a colour."""
MAX_PAIRED = 4
"""Words before a colour in parentheses."""
MAX_SENTENCE = 400
"""Characters of a sentence that gives words their colours."""
MAX_SIGN = 3
"""Words before an equals sign that a scale can have for a sign."""
_NEXT_SIGN = re.compile(r"[,;.]\s*(?=[^,;.=]{1,30}=)")
_NEXT_EQUATED = re.compile(r"(?:[,;.]\s+(?:och\s+|samt\s+|medan\s+)?|\s(?:och|samt|medan)\s)(?=[A-ZÅÄÖ])")
_OR = re.compile(r",\s*|\s+(?:eller|och|samt)\s+|\s*/\s*")
_SIGN = r"=|:|–|—|-(?=\s)"


@dataclass(frozen=True, slots=True)
class LegendEntry:
    """One sign of a legend (lower case) with its meaning; `sign` is what joins the two, empty where nothing does."""

    key: str
    sign: str
    meaning: str


@dataclass(frozen=True, slots=True)
class _Patterns:
    label: re.Pattern[str]
    entry: re.Pattern[str]
    coded: re.Pattern[str]
    topic: re.Pattern[str]
    telling: re.Pattern[str]
    colour: re.Pattern[str]
    band: re.Pattern[str]
    paired: re.Pattern[str]
    told: re.Pattern[str]
    meant: re.Pattern[str]
    equated: re.Pattern[str]
    band_first: re.Pattern[str]
    colour_first: re.Pattern[str]


def _data() -> dict[str, Any]:
    return load("scales.toml")


@cache
def _patterns() -> _Patterns:
    data = _data()
    forms = either([form for forms in data["colours"].values() for form in forms])
    shapes = either(data["shapes"]["words"])
    symbols = either([symbol for symbols in data["symbols"].values() for symbol in symbols])
    signs = either(
        [word for words in data["trends"].values() for word in words if not word[0].isalpha()]
        + [word for words in data["smileys"].values() for word in words]
    )
    verbs = either(data["legend"]["verbs"])
    joint = rf"(?P<sign>{_SIGN}|\b(?:{verbs})\b)"
    colour = rf"(?:{forms})(?:\s(?:{shapes}))?|{symbols}"
    band = _band_pattern(data["legend"])
    joints = either([*data["legend"]["percent"]["joints"], *data["legend"]["verbs"]])
    return _Patterns(
        band=re.compile(band, re.IGNORECASE),
        paired=re.compile(rf"(?P<word>[^\W\d_][^(),;:.=]*?)\s*\((?P<colour>{forms})\)\W*", re.IGNORECASE),
        told=re.compile(rf"(?P<word>[^\W\d_][^(),;:.=]*?)\s*\((?P<colour>{forms})\)\s*[:–—-]\s+\S.*", re.IGNORECASE),
        meant=re.compile(rf".*\S(?:\s*\(|[.!]\s+)(?P<colour>{forms})\W*", re.IGNORECASE),
        equated=re.compile(rf"(?P<words>[^.:=()]+?)\s+(?:{verbs})\s+(?P<colour>{forms})\W*", re.IGNORECASE),
        band_first=re.compile(rf"{band}\s*(?:(?:{joints})\s*)?(?P<colour>{forms})(?!\w)", re.IGNORECASE),
        colour_first=re.compile(rf"(?<!\w)(?P<colour>{forms})(?!\w)\s*(?:{joints}|\()?\s*{band}", re.IGNORECASE),
        label=re.compile(rf"^(?:{either(data['legend']['labels'])})\b\s*(?P<end>:|$)?", re.IGNORECASE),
        entry=re.compile(rf"(?:^|[\s(,;|:])(?:(?P<key>{colour})(?!\w)\ufe0f?(?:\s*{joint})?)\s*", re.IGNORECASE),
        coded=re.compile(
            rf"(?:^|[\s(,;|:.])(?P<key>{signs}|[A-E]|[A-ZÅÄÖ](?=\s*=)|\d)\ufe0f?\s*(?:{joint})\s*", re.IGNORECASE
        ),
        topic=re.compile(rf"%|\b(?:{either(data['legend']['topics'])})\b", re.IGNORECASE),
        telling=re.compile(rf"\b(?:{either(data['legend']['telling'])})\b", re.IGNORECASE),
        colour=re.compile(rf"(?<!\w)(?:{forms})(?!\w)|{either(data['coloured']['symbols'])}", re.IGNORECASE),
    )


def _band_pattern(legend: dict[str, Any]) -> str:
    """A percentage's band with the words around it; the percent sign can stand after its last limit alone."""
    before = either([word for words in legend["bands"].values() for word in words])
    after = either([word for words in legend["bands_after"].values() for word in words])
    percent, to = either(legend["percent"]["words"]), either(legend["percent"]["to"])
    number = r"\d{1,3}(?:[.,]\d+)?"
    return (
        rf"(?:(?<!\w)(?P<before>{before})\s*)?(?<![\d.,])(?P<low>{number})\s*(?:(?:{percent})\s*)?"
        rf"(?:(?:{to})\s*(?P<high>{number})\s*)?(?:(?:{percent})(?!\w))?\s*(?P<after>{after})?"
    )


def band_of(meaning: str) -> str | None:
    """The one band of percentages that a meaning names, as scales are keyed ("75-99", "< 75"); None for all else."""
    if not any(word in meaning for word in _data()["legend"]["percent"]["words"]):
        return None
    bands = [_band_key(match) for match in _patterns().band.finditer(meaning)]
    return bands[0] if len(bands) == 1 else None


def _band_key(match: re.Match[str]) -> str:
    legend = _data()["legend"]
    for table, found in ((legend["bands"], match["before"]), (legend["bands_after"], match["after"])):
        words = " ".join(found.casefold().split()) if found else None
        sign = next((sign for sign, known in table.items() if words in known), None)
        if sign is not None:
            return f"{sign} {match['low']}"
    return f"{match['low']}-{match['high']}" if match["high"] else str(match["low"])


def band_entries(text: str) -> tuple[LegendEntry, ...]:
    """The bands of percentages that a line gives colours ("100 % = grönt, 75-99 % = gult"); they are not all exact."""
    if not any(word in text for word in _data()["legend"]["percent"]["words"]):
        return ()
    for pattern in (_patterns().band_first, _patterns().colour_first):
        matches = list(pattern.finditer(text))
        entries = tuple(LegendEntry(_band_key(match), "=", match["colour"]) for match in matches)
        is_scale = any(not entry.key.isdecimal() for entry in entries)
        differ = len({entry.key for entry in entries}) == len({e.meaning for e in entries}) == len(entries)
        beginning = max(text.rfind(end, 0, matches[0].start()) for end in (". ", ": ")) if matches else -1
        besides = pattern.sub("", text[beginning + 1 :]).split()
        is_equated = all("=" in match[0] for match in matches)
        most = max(MAX_MEANING, MAX_EQUATED * len(entries)) if is_equated else MAX_MEANING
        if is_scale and differ and len(entries) > 1 and len(besides) <= most:
            return entries
    return ()


def _paired_entries(text: str, *, is_labelled: bool) -> tuple[LegendEntry, ...]:
    """Words with their colours in parentheses ("Klart (grön), Avvikelse (gul)"), where a line is nothing else."""
    if "(" not in text:
        return ()
    matches = list(_patterns().paired.finditer(text))
    words = [match["word"] for match in matches]
    is_list = len(set(words)) == len(words) > 1 and not _patterns().paired.sub("", text).strip()
    if not is_list or not all(len(word.split()) <= MAX_PAIRED and (is_labelled or word[0].isupper()) for word in words):
        return ()
    return tuple(LegendEntry(match["word"].casefold(), "=", match["colour"]) for match in matches)


def told_entry(text: str) -> LegendEntry | None:
    """A word with its colour in parentheses before what it means ("Försenad (gul): klart senare än planerat")."""
    match = _patterns().told.fullmatch(text.strip()) if "(" in text else None
    if match is None or len(match["word"].split()) > MAX_PAIRED:
        return None
    return LegendEntry(match["word"].casefold(), "=", match["colour"])


def meant_entry(word: str, meaning: str) -> LegendEntry | None:
    """A word beside what it means, which ends with its colour: "Klart", "Uppdraget är gjort (grönt)"."""
    match = _patterns().meant.fullmatch(meaning.strip())
    if match is None or not 0 < len(word.split()) <= MAX_PAIRED:
        return None
    return LegendEntry(word.casefold(), "=", match["colour"])


def _equated(text: str) -> tuple[LegendEntry, ...]:
    """Words that a sentence gives their colours ("Klart eller Pågår motsvarar grönt, Risk motsvarar gult")."""
    text = text.rpartition(":")[2].strip()
    if len(text) > MAX_SENTENCE:
        return ()
    parts = [_patterns().equated.fullmatch(part) for part in _NEXT_EQUATED.split(text)]
    found = [part for part in parts if part is not None]
    words = [(word.strip(), part["colour"]) for part in found for word in _OR.split(part["words"]) if word.strip()]
    is_list = len(found) == len(parts) > 1 and all(len(word.split()) <= MAX_PAIRED for word, _ in words)
    return tuple(LegendEntry(word.casefold(), "=", colour) for word, colour in words) if is_list else ()


def explains_scale(text: str, is_status: Callable[[str], bool]) -> bool:
    """Whether a line explains a scale ("Grön = uppfyllt"), rather than uses it."""
    if band_entries(text) or _paired_entries(text.strip(), is_labelled=False) or _equated(text):
        return True
    if label := _patterns().label.match(text.strip()):
        return label["end"] is not None or len(_patterns().colour.findall(text)) > 1
    before, sign, after = text.partition("=")
    if sign and after.strip() and is_status(before):
        return True
    entries, lead = _entries(text, _patterns().entry)
    if not entries or lead or (len(entries) == 1 and not entries[0].sign):
        return False
    return all(_explains(entry, is_status) for entry in entries)


def is_legend_label(text: str) -> bool:
    """Whether a line is nothing but a legend's heading ("Teckenförklaring:")."""
    match = _patterns().label.match(text.strip())
    return match is not None and not text.strip()[match.end() :].strip(" :?")


def heads_meanings(text: str) -> bool:
    """Whether a column heading stands above the meanings of signs ("Betydelse för uppdrag")."""
    return next(iter(text.casefold().split()), "").strip(":") in _data()["legend"]["columns"]


def legend_entries(text: str) -> tuple[LegendEntry, ...]:
    """The signs that a legend's line explains, in order; colours, symbols, and with "=" arrows, letters and digits."""
    if entries := band_entries(text) or _equated(text):
        return entries
    text = text.strip()
    label = _patterns().label.match(text)
    text = text[label.end() :].strip(" :") if label else text
    if listed := _paired_entries(text, is_labelled=label is not None) or _listed(text):
        return listed
    found = [_entries(text, pattern) for pattern in (_patterns().entry, _patterns().coded)]
    signs, lead = max(found, key=lambda pair: (len(pair[0]), not pair[1]))
    return () if lead and not label else tuple(signs)


def _listed(text: str) -> tuple[LegendEntry, ...]:
    """Signs or words, each with an equals sign before its meaning ("✓ = klart, Delvis = mindre avvikelse")."""
    parts = [part.partition("=") for part in _NEXT_SIGN.split(text)]
    keys = [before.rpartition(":")[2].strip().casefold() for before, _, _ in parts]
    is_list = (
        len(set(keys)) == len(parts) > 1
        and all(key and len(key.split()) <= MAX_SIGN for key in keys)
        and all(p[2] for p in parts)
    )
    entries = (LegendEntry(key, "=", part[2].strip(" ,;.|")) for key, part in zip(keys, parts, strict=True))
    return tuple(entries) if is_list and not any("=" in part[2] for part in parts) else ()


def meaning_light(meaning: str) -> str | None:
    """The light that a meaning stands for ("ej mätbart": "none"), None where its words do not tell."""
    words = " ".join(meaning.casefold().split())
    return next((light for light, pattern in _meanings() if pattern.search(words)), None)


@cache
def _meanings() -> tuple[tuple[str, re.Pattern[str]], ...]:
    rows = _data()["legend"]["meanings"]
    return tuple((row["light"], re.compile(rf"(?<!\w)(?:{'|'.join(row['words'])})")) for row in rows)


def _entries(text: str, pattern: re.Pattern[str]) -> tuple[list[LegendEntry], str]:
    """The entries of a text and what stands before the first."""
    matches = list(pattern.finditer(text))
    if not matches:
        return [], text
    ends = [match.start() for match in matches[1:]] + [len(text)]
    entries = [
        LegendEntry(match["key"].casefold(), match["sign"] or "", text[match.end() : end].strip(" ,;.|"))
        for match, end in zip(matches, ends, strict=True)
    ]
    return entries, text[: matches[0].start()].strip()


def _explains(entry: LegendEntry, is_status: Callable[[str], bool]) -> bool:
    meaning = entry.meaning.strip(" ,;.")
    if not meaning or meaning.isdecimal() or len(meaning.split()) > MAX_MEANING:
        return False
    if entry.sign == "=" or entry.sign[:1].isalpha() or is_status(meaning):
        return True
    return bool(_patterns().topic.search(meaning)) and not _patterns().telling.search(meaning)
