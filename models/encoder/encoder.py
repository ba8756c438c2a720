"""The fine-tuned encoder as it is used: a comment's scores, and those of the comment without each of its sentences."""

import hashlib
import importlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources.abc import Traversable
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from ljuskoll.models.encoder.inputs import input_of, pools_of
from ljuskoll.models.encoder.pieces import CHARACTERS, PIECES, Vocabulary, load_vocabulary
from ljuskoll.nlp.followup import Outcome, Period

NETWORK: Final = "encoder.onnx"
"""The network's file; it names the fingerprint of its vocabulary."""


@dataclass(frozen=True, slots=True)
class Encoder:
    """A network with its vocabulary; it reads at most `longest` tokens. `fingerprint` is the sha256 of the network.

    `outcomes` name the columns of the scores, `corpus` is the fingerprint of the texts that it was trained on.
    """

    outcomes: tuple[Outcome, ...]
    longest: int
    vocabulary: Vocabulary
    session: Any
    corpus: str = ""
    fingerprint: str = ""

    def scores(
        self, comment: str, sentences: Sequence[tuple[int, int]], assignment: str = "", period: Period | None = None
    ) -> NDArray[np.float64]:
        """Log-odds (1 + sentences, outcome): of the comment, then of it without each sentence, given by its offsets.

        A sentence of which nothing was read, since the comment was too long, leaves the row of the whole.
        """
        read = input_of(comment, assignment, period, self.vocabulary, self.longest)
        pools = pools_of(read, sentences)
        # One row more: a single row goes through other code of the runtime, whose last bits differ.
        given = {
            "ids": np.array([read.ids], dtype=np.int64),
            "stage": np.array([read.stage], dtype=np.int64),
            "pools": np.vstack([pools, pools[:1]]),
        }
        rows: NDArray[np.float64] = self.session.run(None, given)[0][:-1].astype(np.float64)
        rows[pools.all(axis=1)] = rows[0]
        return rows


def load(folder: Traversable) -> Encoder:
    """The encoder of a folder. Raises ValueError where its files do not belong together."""
    network, vocabulary = (folder / NETWORK).read_bytes(), load_vocabulary(folder)
    session = _session(network)
    noted = session.get_modelmeta().custom_metadata_map
    if noted["pieces"] != vocabulary.fingerprint:
        raise ValueError(f"{PIECES} or {CHARACTERS} is of another encoder than {NETWORK}")
    return Encoder(
        outcomes=tuple(json.loads(noted["outcomes"])),
        longest=int(noted["longest"]),
        vocabulary=vocabulary,
        session=session,
        corpus=noted["corpus"],
        fingerprint=hashlib.sha256(network).hexdigest(),
    )


def _session(network: bytes) -> Any:
    """One thread and one order of all sums, so that a comment's scores are the same whenever they are computed."""
    runtime = importlib.import_module("onnxruntime")
    if hasattr(runtime, "disable_telemetry_events"):
        runtime.disable_telemetry_events()
    options = runtime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.use_deterministic_compute = True
    return runtime.InferenceSession(network, options, providers=["CPUExecutionProvider"])
