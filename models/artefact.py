"""The model as a file: skops, which stores data where a pickle would store code; same model, same bytes."""

import hashlib
import io
import json
import re
import zipfile
from dataclasses import dataclass
from typing import Any

import numpy as np
import skops.io

from ljuskoll.models.judge import Judge

_EPOCH = (1980, 1, 1, 0, 0, 0)
"""The earliest time that a zip file can hold: every entry gets it, so that the clock leaves no trace."""
_UNIX = 3
_SCHEMA = "schema.json"
_ADDRESS = re.compile(r'("__id__": |"file": ")(\d+)')
_TRUSTED: tuple[str, ...] = ()
"""Types beyond those that skops itself trusts: none is needed."""


@dataclass(frozen=True, slots=True)
class Artefact:
    """What a file holds; `fingerprint` is the sha256 of its bytes."""

    judge: Judge
    temperature: float
    threshold: float
    fingerprint: str


def dump_artefact(judge: Judge, temperature: float, threshold: float) -> bytes:
    """The bytes of a model file: names and numbers only; the same model gives the same bytes."""
    parts = {
        "outcomes": np.array(judge.outcomes),
        "names": np.array(judge.names),
        "by_stage": judge.by_stage,
        "bias": judge.bias,
        "terms": np.array(judge.terms),
        "whole": judge.whole,
        "idf": judge.idf,
        "by_term": judge.by_term,
        "scales": np.array([judge.text_weight, temperature, threshold]),
    }
    return _settled(skops.io.dumps(parts))


def load_artefact(data: bytes) -> Artefact:
    """A model from its bytes. Raises an error of skops for a file that holds any other type than arrays."""
    parts: dict[str, Any] = skops.io.loads(data, trusted=list(_TRUSTED))
    text_weight, temperature, threshold = parts["scales"].tolist()
    judge = Judge(
        outcomes=tuple(parts["outcomes"].tolist()),
        names=tuple(parts["names"].tolist()),
        by_stage=parts["by_stage"],
        bias=parts["bias"],
        terms=tuple(parts["terms"].tolist()),
        whole=parts["whole"],
        idf=parts["idf"],
        by_term=parts["by_term"],
        text_weight=text_weight,
    )
    return Artefact(judge, temperature, threshold, hashlib.sha256(data).hexdigest())


def _settled(data: bytes) -> bytes:
    """The same file without traces of the clock, and with memory addresses replaced by running numbers."""
    with zipfile.ZipFile(io.BytesIO(data)) as source:
        schema = source.read(_SCHEMA).decode()
        numbers: dict[str, str] = {}
        settled = _ADDRESS.sub(lambda found: found[1] + numbers.setdefault(found[2], str(len(numbers))), schema)
        target = io.BytesIO()
        with zipfile.ZipFile(target, "w") as copy:
            for address, number in numbers.items():
                if f"{address}.npy" in source.namelist():
                    copy.writestr(_entry(f"{number}.npy"), source.read(f"{address}.npy"))
            copy.writestr(_entry(_SCHEMA), json.dumps(json.loads(settled), separators=(",", ":")))
    return target.getvalue()


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, _EPOCH)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.create_system = _UNIX
    return entry
