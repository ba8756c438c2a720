"""From the trained network to the files that are shipped: ONNX with 8-bit weights, and the vocabulary."""

import json
import tempfile
import warnings
from collections.abc import Mapping
from pathlib import Path

import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic

from ljuskoll.models.encoder.encoder import NETWORK
from ljuskoll.models.encoder.network import OUTCOMES, Network
from ljuskoll.models.encoder.pieces import Vocabulary, dump_vocabulary
from ljuskoll.models.encoder.pretrained import BASE_MODEL

_OPSET = 17
"""The first with layer normalisation as one operation."""
_SAMPLE_TOKENS, _SAMPLE_POOLS = 8, 3
_PREPARED = {"onnx.quant.pre_process": "onnxruntime.quant"}
"""Says that the shapes need not be inferred first: no operation of ours does."""
_HEAD = "/head/"
"""How the names of the head's operations begin."""


def export(network: Network, vocabulary: Vocabulary, longest: int, corpus: str) -> dict[str, bytes]:
    """The files of the shipped encoder by name; `corpus` is the fingerprint of the texts that it learnt from."""
    noted = {
        "outcomes": json.dumps(OUTCOMES),
        "longest": str(longest),
        "pieces": vocabulary.fingerprint,
        "corpus": corpus,
        "base_model": BASE_MODEL,
    }
    return {NETWORK: quantised(traced(network, longest), noted), **dump_vocabulary(vocabulary)}


def write(encoder: Mapping[str, bytes], folder: Path) -> None:
    """Writes the files, each as a whole or not at all."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, data in encoder.items():
        part = folder / f"{name}.part"
        part.write_bytes(data)
        part.replace(folder / name)


def traced(network: Network, longest: int) -> bytes:
    """The network as ONNX with floats; its inputs are those of `Network.forward`, which names their shapes."""
    was_training, positions = network.training, network.body.positions
    network.body.positions = torch.nn.Embedding.from_pretrained(positions.weight.detach()[:longest])
    sample = (
        torch.zeros(1, _SAMPLE_TOKENS, dtype=torch.int64),
        torch.zeros(1, dtype=torch.int64),
        torch.ones(_SAMPLE_POOLS, _SAMPLE_TOKENS),
    )
    try:
        with tempfile.TemporaryDirectory() as folder, warnings.catch_warnings():
            warnings.simplefilter("ignore")  # torch calls this exporter old; the new one needs one more package
            target = Path(folder) / NETWORK
            torch.onnx.export(
                network.eval(),
                sample,
                str(target),
                input_names=["ids", "stage", "pools"],
                output_names=["scores"],
                dynamic_axes={"ids": {1: "token"}, "pools": {0: "version", 1: "token"}, "scores": {0: "version"}},
                opset_version=_OPSET,
                dynamo=False,
            )
            return target.read_bytes()
    finally:
        network.body.positions = positions
        network.train(was_training)


def quantised(floats: bytes, noted: Mapping[str, str]) -> bytes:
    """The same with embeddings and the body's matrices in 8 bits, a scale a column, and with these notes.

    Pools and head stay floats: they are small, and shortened versions of a comment differ by little.
    """
    model = onnx.load_from_string(floats)
    onnx.helper.set_model_props(model, _PREPARED)
    head = [node.name for node in model.graph.node if node.name.startswith(_HEAD)]
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / NETWORK
        quantize_dynamic(
            model,
            target,
            weight_type=QuantType.QInt8,
            per_channel=True,
            reduce_range=False,
            nodes_to_exclude=head,
        )
        small = onnx.load(str(target))
    onnx.helper.set_model_props(small, dict(noted))
    small.producer_name, small.producer_version = "ljuskoll", ""
    return bytes(small.SerializeToString(deterministic=True))
